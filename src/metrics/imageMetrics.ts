import { auroc } from './auroc.ts';
import { averagePrecision } from './averagePrecision.ts';
import {
  accuracy,
  balancedAccuracy,
  type Confusion,
  confusion,
  f1,
  mcc,
  precision,
  recall,
  specificity,
} from './confusion.ts';

/** Each in [0, 1], `mcc` in [-1, 1]; null where the samples do not define it. */
export interface ImageMetrics {
  readonly auroc: number | null;
  readonly average_precision: number | null;
  readonly f1: number | null;
  readonly accuracy: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly specificity: number | null;
  readonly balanced_accuracy: number | null;
  readonly mcc: number | null;
  readonly confusion: Confusion;
}

/**
 * Every metric of image scores; all but the first two are at the threshold.
 * @param scores one an image, finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @param threshold anomalous when `score > threshold`
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function imageMetrics(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  threshold: number,
): ImageMetrics {
  const counts = confusion(scores, labels, threshold);
  return {
    auroc: auroc(scores, labels),
    average_precision: averagePrecision(scores, labels),
    f1: f1(counts),
    accuracy: accuracy(counts),
    precision: precision(counts),
    recall: recall(counts),
    specificity: specificity(counts),
    balanced_accuracy: balancedAccuracy(counts),
    mcc: mcc(counts),
    confusion: counts,
  };
}
