/** Distances between all pairs of points: what neighbours, pictures and their measures start from. */

/** Symmetric, zero on the diagonal. */
export interface Distances {
  readonly count: number;
  /** Row by row: float32 [count * count] */
  readonly values: Float32Array;
}

/**
 * Euclidean distances.
 * @param points float64 [count * dimension], point by point; few dimensions, for every pair is
 * gone through in JavaScript
 */
export function pairwiseDistances(points: Float64Array, dimension: number): Distances {
  const count = points.length / dimension;
  const values = new Float32Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let d = 0; d < dimension; d++) {
        sum += (points[i * dimension + d]! - points[j * dimension + d]!) ** 2;
      }
      const distance = Math.sqrt(sum);
      values[i * count + j] = distance;
      values[j * count + i] = distance;
    }
  }
  return { count, values };
}

/** Of one point to all. */
export const distancesFrom = ({ count, values }: Distances, point: number): Float32Array =>
  values.subarray(point * count, (point + 1) * count);
