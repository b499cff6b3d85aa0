/** Whether points that lie beside each other in a picture are neighbours in truth. */
import { type Distances, distancesFrom } from './distances.ts';
import { nearestPoints } from './nearestPoints.ts';

/**
 * 1 where the `k` nearest points of every point in the picture are among its `k` nearest in the
 * original space; each that is not takes off its rank there less `k`.
 *
 * Source: Venna and Kaski, "Neighborhood preservation in nonlinear projection methods" (2001).
 *
 * @returns from 0 to 1; undefined unless 1 <= k < count / 2, for which it is defined
 */
export function trustworthiness(
  original: Distances,
  picture: Distances,
  k: number,
): number | undefined {
  const { count } = original;
  if (k < 1 || 2 * k >= count) return undefined;
  const neighbours = nearestPoints(picture, k).indices;
  let penalty = 0;
  for (let point = 0; point < count; point++) {
    const own = distancesFrom(original, point);
    for (const other of neighbours.subarray(point * k, (point + 1) * k)) {
      penalty += Math.max(0, rankOf(other, point, own) - k);
    }
  }
  return 1 - (2 * penalty) / (count * k * (2 * count - 3 * k - 1));
}

/** 1 for the nearest; of points equally far the one with the lower index counts as nearer. */
function rankOf(other: number, point: number, distances: Float32Array): number {
  const distance = distances[other]!;
  let rank = 1;
  for (let i = 0; i < distances.length; i++) {
    if (i === point) continue;
    if (distances[i]! < distance || (distances[i] === distance && i < other)) rank++;
  }
  return rank;
}
