import { visitDistinctScores } from './distinctScores.ts';
import { thresholdBelow } from './thresholdBelow.ts';

export interface F1Optimum {
  /** The highest F1 any threshold reaches, in (0, 1]. */
  readonly f1: number;
  /** The lowest score that is flagged there: scikit-learn's threshold, which flags score >= t. */
  readonly lowestFlagged: number;
  /** The threshold to use: anomalous when `score > threshold`. */
  readonly threshold: number;
}

/**
 * The threshold of the highest F1. Where several reach it, the lowest is taken: at equal F1 it
 * misses fewer anomalies.
 *
 * `threshold` lies midway between the lowest flagged score and the next lower one. Where nothing
 * is lower (every sample is flagged) it lies a millionth of the score, or of 1 if that is more,
 * below it.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns null without anomalous samples
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function f1Optimal(scores: ArrayLike<number>, labels: ArrayLike<number>): F1Optimum | null {
  let anomalyCount = 0;
  for (let i = 0; i < labels.length; i++) anomalyCount += labels[i]!;

  let flagged = 0;
  let caught = 0;
  let best = { caught: 0, size: 1, lowestFlagged: Number.NaN };
  let nextLower: number | undefined;
  visitDistinctScores(scores, labels, (score, normals, anomalies) => {
    if (nextLower === undefined && best.caught > 0) nextLower = score;
    flagged += normals + anomalies;
    caught += anomalies;
    // F1 is 2 caught / size; compared as a fraction of integers, so that ties are exact.
    const size = flagged + anomalyCount;
    if (caught > 0 && caught * best.size >= best.caught * size) {
      best = { caught, size, lowestFlagged: score };
      nextLower = undefined;
    }
  });
  if (best.caught === 0) return null;
  return {
    f1: (2 * best.caught) / best.size,
    lowestFlagged: best.lowestFlagged,
    threshold: thresholdBelow(best.lowestFlagged, nextLower),
  };
}
