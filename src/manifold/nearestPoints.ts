/** The nearest other points of every point, exactly. */
import { type Distances, distancesFrom } from './distances.ts';

export interface NearestPoints {
  /** For each point, its `k` nearest others, nearest first: int32 [count * k] */
  readonly indices: Int32Array;
  /** float64 [count * k] */
  readonly distances: Float64Array;
}

/**
 * Of points equally far the one with the lower index counts as nearer.
 * @param k less than the number of points
 */
export function nearestPoints(distances: Distances, k: number): NearestPoints {
  const { count } = distances;
  const found = {
    indices: new Int32Array(count * k),
    distances: new Float64Array(count * k),
  };
  for (let point = 0; point < count; point++) {
    const own = distancesFrom(distances, point);
    const indices = found.indices.subarray(point * k, (point + 1) * k);
    const nearest = found.distances.subarray(point * k, (point + 1) * k);
    let filled = 0;
    for (let other = 0; other < count; other++) {
      if (other === point) continue;
      const distance = own[other]!;
      if (filled === k && !(distance < nearest[k - 1]!)) continue;
      let place = filled < k ? filled++ : k - 1;
      for (; place > 0 && distance < nearest[place - 1]!; place--) {
        nearest[place] = nearest[place - 1]!;
        indices[place] = indices[place - 1]!;
      }
      nearest[place] = distance;
      indices[place] = other;
    }
  }
  return found;
}
