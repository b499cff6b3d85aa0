/** The tables of the pruned search, made once from the bank when a detector is fitted. */
import type { Random } from '../../core/random.ts';
import { principalAxes } from '../../tensor/principalAxes.ts';
import { product } from '../../tensor/product.ts';

export interface PruningTables {
  readonly coordinates: number;
  readonly candidates: number;
  /** Orthonormal columns, float32 [dimension, coordinates] */
  readonly basis: Float32Array;
  /** Per bank row a column: -2 b_q, -2 r_b, |b|^2; float32 [coordinates + 2, rowCount] */
  readonly bounds: Float32Array;
  /** max |b| over the centred bank */
  readonly largestNorm: number;
  /** max r_b */
  readonly largestRest: number;
}

/** @param rows the bank, centred on its mean, float32 [rowCount, dimension] */
export async function pruningTables(
  rows: Float32Array,
  dimension: number,
  plan: { readonly coordinates: number; readonly candidates: number },
  random: Random,
): Promise<PruningTables> {
  const { coordinates } = plan;
  const rowCount = rows.length / dimension;
  const basis = await principalAxes(rows, dimension, coordinates, random);
  const projected = await product(rows, basis, dimension);
  const bounds = new Float32Array((coordinates + 2) * rowCount);
  let largestNorm = 0;
  let largestRest = 0;
  for (let row = 0; row < rowCount; row++) {
    let norm = 0;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) norm += rows[i]! * rows[i]!;
    let inside = 0;
    for (let q = 0; q < coordinates; q++) {
      const value = projected[row * coordinates + q]!;
      inside += value * value;
      bounds[q * rowCount + row] = -2 * value;
    }
    const rest = Math.sqrt(Math.max(0, norm - inside));
    bounds[coordinates * rowCount + row] = -2 * rest;
    bounds[(coordinates + 1) * rowCount + row] = norm;
    largestNorm = Math.max(largestNorm, Math.sqrt(norm));
    largestRest = Math.max(largestRest, rest);
  }
  return { ...plan, basis, bounds, largestNorm, largestRest };
}
