import { checkScores } from './distinctScores.ts';

/** How many samples a threshold judges rightly and wrongly; positive means anomalous. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
}

/**
 * The rule everywhere in flawmap: anomalous when `score > threshold`, strictly.
 * @param scores finite
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function confusion(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  threshold: number,
): Confusion {
  checkScores(scores, labels);
  let tp = 0;
  let fp = 0;
  let tn = 0;
  let fn = 0;
  for (let i = 0; i < scores.length; i++) {
    const flagged = scores[i]! > threshold;
    if (labels[i] === 1) flagged ? tp++ : fn++;
    else flagged ? fp++ : tn++;
  }
  return { tp, fp, tn, fn };
}

/** 2tp / (2tp + fp + fn); null where nothing is anomalous and nothing was flagged. */
export function f1({ tp, fp, fn }: Confusion): number | null {
  return ratio(2 * tp, 2 * tp + fp + fn);
}

/** The share judged rightly; null without samples. */
export function accuracy({ tp, fp, tn, fn }: Confusion): number | null {
  return ratio(tp + tn, tp + fp + tn + fn);
}

/** The share of the flagged that are anomalous; null where nothing was flagged. */
export function precision({ tp, fp }: Confusion): number | null {
  return ratio(tp, tp + fp);
}

/** The share of the anomalous that were flagged; null without anomalous samples. */
export function recall({ tp, fn }: Confusion): number | null {
  return ratio(tp, tp + fn);
}

/** The share of the normal that were not flagged; null without normal samples. */
export function specificity({ tn, fp }: Confusion): number | null {
  return ratio(tn, tn + fp);
}

/** The mean of recall and specificity; null where either is. */
export function balancedAccuracy(counts: Confusion): number | null {
  const sensitivity = recall(counts);
  const specific = specificity(counts);
  return sensitivity === null || specific === null ? null : (sensitivity + specific) / 2;
}

/**
 * Matthews correlation coefficient, in [-1, 1]. As in scikit-learn it is 0 where all samples have
 * one label or were judged alike; null without samples.
 */
export function mcc({ tp, fp, tn, fn }: Confusion): number | null {
  if (tp + fp + tn + fn === 0) return null;
  const margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return margins === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(margins);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
