/** A bank seen along its principal axes. */
import type { Random } from '../../core/random.ts';
import { principalAxes } from '../../tensor/principalAxes.ts';
import { product } from '../../tensor/product.ts';

export interface PrincipalFrame {
  /** The bank, centred on its mean, float32 [rowCount, dimension] */
  readonly rows: Float32Array;
  readonly dimension: number;
  /** |b|^2, float32 [rowCount] */
  readonly norms: Float32Array;
  /** Axes, those of larger variance first, or nearly so. */
  readonly count: number;
  /** Orthonormal columns, float32 [dimension, count] */
  readonly basis: Float32Array;
  /** float32 [rowCount, count] */
  readonly coordinates: Float32Array;
  /** Of all rows, see `coordinatesWithRest`: float32 [rowCount, columns + 1]. */
  withRest(columns: number): Float32Array;
}

/** @param start see `principalAxes` */
export async function principalFrame(
  rows: Float32Array,
  norms: Float32Array,
  dimension: number,
  count: number,
  start: Random | Float32Array,
): Promise<PrincipalFrame> {
  return frameAlong(await principalAxes(rows, dimension, count, start), rows, norms, dimension);
}

/** @param basis the axes: of these rows, or of most of them */
export async function frameAlong(
  basis: Float32Array,
  rows: Float32Array,
  norms: Float32Array,
  dimension: number,
): Promise<PrincipalFrame> {
  const count = basis.length / dimension;
  const coordinates = await product(rows, basis, dimension);
  return {
    rows,
    dimension,
    norms,
    count,
    basis,
    coordinates,
    withRest: (columns) => coordinatesWithRest(coordinates, norms, columns),
  };
}

/**
 * For each vector its first coordinates and the norm of what they leave: float32 [n, columns + 1].
 * @param coordinates along the axes, float32 [n, axes]
 * @param norms |x|^2, float32 [n]
 */
export function coordinatesWithRest(
  coordinates: Float32Array,
  norms: Float32Array,
  columns: number,
): Float32Array {
  const count = coordinates.length / norms.length;
  const result = new Float32Array(norms.length * (columns + 1));
  for (let row = 0; row < norms.length; row++) {
    const start = row * (columns + 1);
    let inside = 0;
    for (let i = 0; i < columns; i++) {
      const value = coordinates[row * count + i]!;
      inside += value * value;
      result[start + i] = value;
    }
    result[start + columns] = Math.sqrt(Math.max(0, norms[row]! - inside));
  }
  return result;
}
