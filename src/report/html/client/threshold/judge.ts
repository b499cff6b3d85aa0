/** What a threshold makes of scores: the confusion matrix, and every metric with what is known of it. */
import { balancedAccuracy, type Confusion, f1, mcc } from '../../../../metrics/confusion.ts';
import { clopperPearson } from '../../../../stats/clopperPearson.ts';

export const CONFIDENCE = 0.95;

export interface Scores {
  readonly normal: readonly number[];
  readonly anomalous: readonly number[];
}

export interface JudgedMetric {
  readonly title: string;
  /** Null where it is not defined; then `reason` says why. */
  readonly value: number | null;
  /** Exact, of proportions alone. */
  readonly interval: { readonly low: number; readonly high: number } | null;
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

export function judgedMetrics(counts: Confusion): readonly JudgedMetric[] {
  const { tp, fp, tn, fn } = counts;
  const total = tp + fp + tn + fn;
  const share = (title: string, part: number, whole: number, of: string, none: string) => {
    const value = whole === 0 ? null : part / whole;
    const interval = whole === 0 ? null : clopperPearson(part, whole, CONFIDENCE);
    return { title, value, interval, images: `${whole} ${of}`, reason: none };
  };
  const measure = (title: string, value: number | null, reason: string) => {
    return { title, value, interval: null, images: `${total} images`, reason };
  };
  return [
    share('Recall', tp, tp + fn, 'anomalous', 'no anomalous images'),
    share('Specificity', tn, tn + fp, 'normal', 'no normal images'),
    share('Precision', tp, tp + fp, 'flagged', 'nothing is flagged'),
    share('Accuracy', tp + tn, total, 'images', 'no images'),
    measure('F1', f1(counts), 'nothing is anomalous, nothing is flagged'),
    measure('Balanced accuracy', balancedAccuracy(counts), 'images of one class only'),
    measure('MCC', mcc(counts), 'no images'),
  ];
}
