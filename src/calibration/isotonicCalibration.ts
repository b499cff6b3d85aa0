/**
 * A probability from a score by the best non-decreasing fit: pool adjacent violators (Ayer et al.
 * 1955; Zadrozny and Elkan 2002 for probabilities).
 */
import { visitDistinctScores } from '../metrics/distinctScores.ts';

/** Straight lines between knots, level outside of them. */
export interface IsotonicCalibration {
  /** Ascending, distinct. */
  readonly scores: readonly number[];
  /** Of being anomalous, in [0, 1], not descending; as many as scores. */
  readonly probabilities: readonly number[];
}

/**
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns null without normal or without anomalous images
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function isotonicCalibration(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): IsotonicCalibration | null {
  const points: { score: number; anomalous: number; count: number }[] = [];
  visitDistinctScores(scores, labels, (score, normals, anomalies) => {
    points.unshift({ score, anomalous: anomalies, count: normals + anomalies });
  });
  const anomalous = points.reduce((sum, point) => sum + point.anomalous, 0);
  if (anomalous === 0 || anomalous === scores.length) return null;

  const blocks: { first: number; last: number; anomalous: number; count: number }[] = [];
  for (const point of points) {
    let block = { ...point, first: point.score, last: point.score };
    for (let below = blocks.at(-1); below !== undefined; below = blocks.at(-1)) {
      // Shares compared as whole numbers, so that equal ones are merged exactly.
      if (below.anomalous * block.count < block.anomalous * below.count) break;
      blocks.pop();
      block = {
        ...block,
        first: below.first,
        anomalous: below.anomalous + block.anomalous,
        count: below.count + block.count,
      };
    }
    blocks.push(block);
  }
  const knots = blocks.flatMap(({ first, last, anomalous: hits, count }) => {
    const probability = hits / count;
    return [...new Set([first, last])].map((score) => ({ score, probability }));
  });
  return {
    scores: knots.map(({ score }) => score),
    probabilities: knots.map(({ probability }) => probability),
  };
}

export function isotonicProbability(
  { scores, probabilities }: IsotonicCalibration,
  score: number,
): number {
  const above = scores.findIndex((knot) => knot > score);
  if (above === 0) return probabilities[0]!;
  if (above < 0) return probabilities.at(-1)!;
  const [left, right] = [scores[above - 1]!, scores[above]!];
  const [low, high] = [probabilities[above - 1]!, probabilities[above]!];
  return low + (high - low) * ((score - left) / (right - left));
}
