/** What a threshold makes of scores: the confusion matrix, and every metric with what is known of it. */
import { balancedAccuracy, type Confusion, f1, mcc } from '../../../../metrics/confusion.ts';
import { clopperPearson } from '../../../../stats/clopperPearson.ts';

export const CONFIDENCE = 0.95;

export interface Scores {
  readonly normal: readonly number[];
  readonly anomalous: readonly number[];
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

export interface JudgedMetric {
  readonly title: string;
  /** Null where it is not defined; then `reason` says why. */
  readonly value: number | null;
  /** Null where one class is absent, or the value is. */
  readonly interval: Bounds | null;
  /** How many images it is computed on, and which: `20 anomalous`. */
  readonly images: string;
  readonly reason: string;
}

/** Anomalous when `score > threshold`, strictly, as everywhere in flawmap. */
export function judge({ normal, anomalous }: Scores, threshold: number): Confusion {
  const above = (scores: readonly number[]) => scores.filter((score) => score > threshold).length;
  const [fp, tp] = [above(normal), above(anomalous)];
  return { tp, fp, tn: normal.length - fp, fn: anomalous.length - tp };
}

/** Intervals are exact (Clopper and Pearson) of proportions, and follow from exact ones of the others. */
export function judgedMetrics(counts: Confusion): readonly JudgedMetric[] {
  const { tp, fp, tn, fn } = counts;
  const total = tp + fp + tn + fn;
  const share = (title: string, part: number, whole: number, of: string, none: string) => {
    const value = whole === 0 ? null : part / whole;
    const interval = whole === 0 ? null : clopperPearson(part, whole, CONFIDENCE);
    return { title, value, interval, images: `${whole} ${of}`, reason: none };
  };
  const measure = (title: string, of: (counts: Confusion) => number | null, reason: string) => {
    const interval = jointInterval(counts, of);
    return { title, value: of(counts), interval, images: `${total} images`, reason };
  };
  return [
    share('Recall', tp, tp + fn, 'anomalous', 'no anomalous images'),
    share('Specificity', tn, tn + fp, 'normal', 'no normal images'),
    share('Precision', tp, tp + fp, 'flagged', 'nothing is flagged'),
    share('Accuracy', tp + tn, total, 'images', 'no images'),
    measure('F1', f1, 'nothing is anomalous, nothing is flagged'),
    measure('Balanced accuracy', balancedAccuracy, 'images of one class only'),
    measure('MCC', mcc, 'no images'),
  ];
}

/**
 * Of a measure that rises with recall and with specificity: exact bounds on both, each at half of
 * what the interval may miss, bound it (Bonferroni). Wide, and never too narrow.
 */
function jointInterval(counts: Confusion, of: (counts: Confusion) => number | null): Bounds | null {
  const { tp, fp, tn, fn } = counts;
  const [anomalous, normal] = [tp + fn, tn + fp];
  const value = of(counts);
  if (anomalous === 0 || normal === 0 || value === null) return null;
  const each = 1 - (1 - CONFIDENCE) / 2;
  const hits = clopperPearson(tp, anomalous, each);
  const passes = clopperPearson(tn, normal, each);
  const at = (recall: number, specificity: number) =>
    of({
      tp: recall * anomalous,
      fn: (1 - recall) * anomalous,
      tn: specificity * normal,
      fp: (1 - specificity) * normal,
    }) ?? value;
  return {
    low: Math.min(value, at(hits.low, passes.low)),
    high: Math.max(value, at(hits.high, passes.high)),
  };
}
