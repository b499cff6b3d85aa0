/** Patches along the bank's principal axes, as two kinds of bounds see them. */
import { float32 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import { mul, sqrtOfPositive, sub } from '../../tensor/ops/elementwise.ts';
import { concat, gather, slice, squeeze } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceSumSquare } from '../../tensor/ops/reduce.ts';
import type { PruningTables } from './pruning.ts';
import { productMargin, roundingMargin } from './roundingMargin.ts';

export interface PatchesAlongAxes {
  /** float32 [n, dimension] */
  readonly patches: Value;
  /** x_q and r_x of the coarse bounds, float32 [n, coarse] and [n, 1] */
  readonly few: Value;
  readonly rest: Value;
  /** What fine bounds see beside, as in `PruningTables.finer`: float32 [n, fine - coarse + 2] */
  readonly finer: Value;
  /**
   * |x|^2 less what rounding may have added to a bound of either kind, and to |b|^2 - 2 x b, float32
   * [n] each
   */
  readonly squares: { readonly coarse: Value; readonly fine: Value; readonly whole: Value };
}

/** @param patches float32 [n, dimension] */
export function patchesAlongAxes(patches: Value, tables: PruningTables): PatchesAlongAxes {
  const { plan, basis, largestNorm, largestRest } = tables;
  const dimension = patches.shape[1] as number;
  const axes = patches.graph.constant('basis', float32(basis, [dimension, plan.fine]));
  const all = matmul(patches, axes);
  const few = slice(all, 1, 0, plan.coarse);
  const squares = reduceSumSquare(patches, [1], true);
  const restOf = (part: Value) => sqrtOfPositive(sub(squares, reduceSumSquare(part, [1], true)));
  const [rest, fineRest] = [restOf(few), restOf(all)];

  const lessMargin = (kind: 'coarse' | 'fine', of: Value, coordinates: number) => {
    const bank = { dimension, coordinates, largestNorm, largestRest: largestRest[kind] };
    return squeeze(sub(squares, roundingMargin(squares, of, bank)), 1);
  };
  return {
    patches,
    few,
    rest,
    finer: concat([slice(all, 1, plan.coarse, plan.fine), fineRest, mul(rest, -1)], 1),
    squares: {
      coarse: lessMargin('coarse', rest, plan.coarse),
      // The coarse rests' product comes and goes again: three terms more than in a plain sum, and
      // magnitudes that still have (|x| + |b|)^2 over them.
      fine: lessMargin('fine', fineRest, plan.fine + 3),
      whole: squeeze(sub(squares, productMargin(squares, dimension, largestNorm)), 1),
    },
  };
}

/** @param places int64 [count] */
export function someOf(seen: PatchesAlongAxes, places: Value): PatchesAlongAxes {
  return {
    patches: gather(seen.patches, places),
    few: gather(seen.few, places),
    rest: gather(seen.rest, places),
    finer: gather(seen.finer, places),
    squares: {
      coarse: gather(seen.squares.coarse, places),
      fine: gather(seen.squares.fine, places),
      whole: gather(seen.squares.whole, places),
    },
  };
}
