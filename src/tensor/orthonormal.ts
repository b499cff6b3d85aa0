/** Makes rows orthonormal by Cholesky QR in float64. */
import { product } from './product.ts';

/** A row whose square is this small a part of what it was lies in the span of those before it. */
const RANK_TOLERANCE = 1e-13;

/**
 * @param rows float64 [count, dimension], count at most dimension
 * @param twice as takes away what rounding leaves (Fukaya et al. 2014): once is as good as the square of
 * the condition number of the rows allows
 * @returns rows with the same span; one that depends on those before it becomes zero
 */
export async function orthonormalRows(
  rows: Float64Array,
  dimension: number,
  twice = true,
): Promise<Float64Array> {
  const result = await once(rows, dimension);
  return twice ? await once(result, dimension) : result;
}

async function once(rows: Float64Array, dimension: number): Promise<Float64Array> {
  const count = rows.length / dimension;
  const columns = new Float64Array(rows.length);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimension; i++) columns[i * count + row] = rows[row * dimension + i]!;
  }
  const gram = await product(rows, columns, dimension);
  return product(inverseOfCholesky(gram, count), rows, count);
}

/**
 * The inverse of the lower triangular L with L L' = gram, found row by row: row i of the inverse
 * is e_i made orthogonal to the rows before it in the metric of gram, and scaled to length one.
 */
function inverseOfCholesky(gram: Float64Array, count: number): Float64Array {
  const lower = new Float64Array(count * count);
  const inverse = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    let pivot = gram[i * count + i]!;
    for (let j = 0; j < i; j++) {
      let sum = gram[i * count + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * count + k]! * lower[j * count + k]!;
      const diagonal = lower[j * count + j]!;
      const value = diagonal === 0 ? 0 : sum / diagonal;
      lower[i * count + j] = value;
      pivot -= value * value;
    }
    if (!(pivot > RANK_TOLERANCE * gram[i * count + i]!)) continue;
    const diagonal = Math.sqrt(pivot);
    lower[i * count + i] = diagonal;
    inverse[i * count + i] = 1 / diagonal;
    for (let j = 0; j < i; j++) {
      const factor = lower[i * count + j]! / diagonal;
      for (let k = 0; k <= j; k++) inverse[i * count + k]! -= factor * inverse[j * count + k]!;
    }
  }
  return inverse;
}
