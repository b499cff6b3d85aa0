/** Many dimensions as the few that vary most. */
import type { Random } from '../../../core/random.ts';
import { centred, columnMeans } from '../../../detector/patchcore/memoryBank.ts';
import { principalAxes } from '../../../tensor/principalAxes.ts';
import { product } from '../../../tensor/product.ts';

export interface PrincipalComponents {
  /** Centred, the axis of largest variance first: float64 [rows * axes] */
  readonly components: Float64Array;
  readonly axes: number;
  /** Share of the variance that they keep; null where there is none. */
  readonly variance: number | null;
}

/**
 * @param rows float32 [count * dimension], at least two
 * @param wanted fewer where there are not as many dimensions or rows
 */
export async function principalComponents(
  rows: Float32Array,
  dimension: number,
  wanted: number,
  random: Random,
): Promise<PrincipalComponents> {
  const count = rows.length / dimension;
  const axes = Math.min(wanted, dimension, count - 1);
  const middle = centred(rows, columnMeans(rows, dimension));
  const basis = await principalAxes(middle, dimension, axes, random);
  const found = await product(middle, basis, dimension);
  const squares = new Float64Array(axes);
  for (const [place, value] of found.entries()) squares[place % axes]! += value * value;
  const order = [...squares.keys()].sort((a, b) => squares[b]! - squares[a]! || a - b);
  let total = 0;
  for (const value of middle) total += value * value;
  return {
    components: Float64Array.from(
      found,
      (_, place) => found[place - (place % axes) + order[place % axes]!]!,
    ),
    axes,
    variance: total > 0 ? Math.min(1, squares.reduce((sum, own) => sum + own, 0) / total) : null,
  };
}
