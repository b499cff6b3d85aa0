/** The document `compare --json` prints. */
import type { Interval } from '../../stats/interval.ts';
import type { TestOutcome } from '../../stats/testOutcome.ts';

export interface ComparedModel {
  readonly file: string;
  readonly sha256: string;
  readonly threshold: number;
}

export interface FlippedImage {
  readonly id: string;
  readonly label: 'normal' | 'anomalous';
  readonly scores: { readonly old: number; readonly new: number };
  /** `fixed`: the new model is right, the old one was not. */
  readonly change: 'fixed' | 'broken';
  /** Written with `out`: photograph, old map and new map side by side. */
  readonly picture?: string;
}

export interface ComparedMetric {
  readonly name: 'auroc' | 'balanced_accuracy' | 'recall' | 'specificity';
  readonly old: number | null;
  readonly new: number | null;
  /** New less old. */
  readonly difference: number | null;
}

export interface GoldenFailure {
  readonly id: string;
  readonly label: 'normal' | 'anomalous';
  readonly score: number;
}

export interface Comparison {
  readonly old: ComparedModel;
  readonly new: ComparedModel;
  readonly category: string;
  readonly counts: { readonly normal: number; readonly anomalous: number };
  readonly metrics: readonly ComparedMetric[];
  /** Of the difference in AUROC, images drawn anew in pairs within each label. */
  readonly bootstrap: TestOutcome & { readonly interval: Interval | null };
  readonly delong: TestOutcome;
  /** Of the verdicts. */
  readonly mcnemar: TestOutcome;
  /** Worst first: broken before fixed. */
  readonly flipped: readonly FlippedImage[];
  /** Null where no golden images were given. */
  readonly golden: {
    readonly images: number;
    readonly failures: readonly GoldenFailure[];
  } | null;
  readonly tolerance: number;
  /** Why the new model is not to be taken; empty where it may be. */
  readonly objections: readonly string[];
}
