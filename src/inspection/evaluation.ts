/** The document `evaluate --json` prints. */
import type { Calibration } from '../calibration/calibration.ts';
import type { StepName } from '../detector/inspector/inspector.ts';
import type { ImageMetrics } from '../metrics/imageMetrics.ts';
import type { PixelMetrics } from '../metrics/pixelMetrics.ts';

export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

export interface DefectMetrics {
  readonly defectType: string;
  readonly images: number;
  /** Images of this type that score above the threshold. */
  readonly detected: number;
  readonly recall: number;
  /** This type against all normal images. */
  readonly auroc: number | null;
  readonly average_precision: number | null;
}

export interface ScoredImage {
  readonly id: string;
  readonly defectType: string;
  readonly label: 'normal' | 'anomalous';
  readonly score: number;
  readonly mapMaximum: number;
}

export interface Evaluation {
  readonly model: string;
  readonly category: string;
  /** The category the inspector was fitted on. */
  readonly fittedOn: string;
  readonly threshold: {
    readonly image: number;
    readonly pixel: number;
    readonly rule: Calibration['image']['rule'];
  };
  readonly counts: {
    readonly images: number;
    readonly normal: number;
    readonly anomalous: number;
    /** Images that pixel metrics are computed on: normal ones, and those with a mask. */
    readonly pixelImages: number;
    /** Anomalous images without a mask, left out of pixel metrics. */
    readonly withoutMask: number;
  };
  readonly image: ImageMetrics;
  readonly pixel: PixelMetrics;
  /** Why a metric is null, by its key: `pixel.pro`. */
  readonly notComputable: Readonly<Record<string, string>>;
  readonly perDefect: readonly DefectMetrics[];
  /** Milliseconds an image. */
  readonly timing: Readonly<Record<'decode' | StepName | 'total', Spread>>;
  readonly images: readonly ScoredImage[];
}
