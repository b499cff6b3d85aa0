/** The document `evaluate --json` prints. */
import type { Calibration } from '../../calibration/calibration.ts';
import type { StepName } from '../../detector/inspector/stageInspector.ts';
import type { ImageMetrics } from '../../metrics/imageMetrics.ts';
import type { PixelMetrics } from '../../metrics/pixelMetrics.ts';
import type { Verdict } from '../judge/judgement.ts';

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
  readonly verdict: Verdict;
}

/** With an inspector that may say that it does not know. */
export interface JudgedCounts {
  readonly judged: number;
  readonly unsure: number;
  readonly notJudged: number;
  /** Shares of all images, 0 to 1. */
  readonly unsureShare: number;
  readonly notJudgedShare: number;
  /** Their sum: what is left for people to look at. */
  readonly rejectRate: number;
  /** Of those judged normal or anomalous, the share judged rightly; null where none was. */
  readonly accuracy: number | null;
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
  /** Of `score > threshold` alone, all images. */
  readonly image: ImageMetrics;
  readonly judged: JudgedCounts;
  readonly pixel: PixelMetrics;
  /** Why a metric is null, by its key: `pixel.pro`. */
  readonly notComputable: Readonly<Record<string, string>>;
  readonly perDefect: readonly DefectMetrics[];
  /** Milliseconds an image. */
  readonly timing: Readonly<Record<'decode' | StepName | 'total', Spread>>;
  readonly images: readonly ScoredImage[];
}
