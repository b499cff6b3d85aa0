/** Distances between all pairs of long vectors, by the engine. */
import type { Distances } from '../../../manifold/distances.ts';
import { product } from '../../../tensor/product.ts';

/**
 * Euclidean, from |a|^2 - 2ab + |b|^2 in float64 about the mean: what cancels is far below what
 * float32 keeps.
 * @param rows float32 [count * dimension]
 */
export async function rowDistances(rows: Float32Array, dimension: number): Promise<Distances> {
  const count = rows.length / dimension;
  const mean = new Float64Array(dimension);
  for (const [place, value] of rows.entries()) mean[place % dimension]! += value / count;
  const a = new Float64Array(rows.length);
  const b = new Float64Array(rows.length);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimension; i++) {
      const value = rows[row * dimension + i]! - mean[i]!;
      a[row * dimension + i] = value;
      b[i * count + row] = value;
    }
  }
  const products = await product(a, b, dimension);
  const values = new Float32Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const square =
        products[i * count + i]! + products[j * count + j]! - 2 * products[i * count + j]!;
      const distance = Math.sqrt(Math.max(0, square));
      values[i * count + j] = distance;
      values[j * count + i] = distance;
    }
  }
  return { count, values };
}
