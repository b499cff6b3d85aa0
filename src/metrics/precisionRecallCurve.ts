import { visitDistinctScores } from './distinctScores.ts';

export interface PrecisionRecallPoint {
  /** Share of the anomalous samples above the threshold. */
  readonly recall: number;
  /** Share of the samples above it that are anomalous. */
  readonly precision: number;
}

/**
 * Precision at every recall reached, from recall 0 to 1. It is to be drawn as steps, each point's
 * precision holding back to the recall of the point before; the area below is then what
 * `averagePrecision` says. Points between two of the same precision are left out.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns null where normal or anomalous samples are missing
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function precisionRecallCurve(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): PrecisionRecallPoint[] | null {
  const steps: { tp: number; precision: number }[] = [];
  let [flagged, tp] = [0, 0];
  visitDistinctScores(scores, labels, (_, normals, anomalies) => {
    flagged += normals + anomalies;
    tp += anomalies;
    if (anomalies === 0) return;
    const precision = tp / flagged;
    if (steps.at(-1)?.precision === precision) steps.pop();
    steps.push({ tp, precision });
  });
  if (tp === 0 || tp === labels.length) return null;
  const points = steps.map((step) => ({ recall: step.tp / tp, precision: step.precision }));
  return [{ recall: 0, precision: points[0]!.precision }, ...points];
}
