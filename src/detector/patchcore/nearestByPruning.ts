/**
 * The nearest row, exactly, at a fraction of the work. With an orthonormal basis of the bank's
 * principal axes, q coordinates and the norm r of the rest, (x_q - b_q)^2 + (r_x - r_b)^2 never
 * exceeds the squared distance. So a row need not be compared whose bound, less what rounding may
 * have added to it, is over the squared distance to a row that was.
 *
 * First every row gets a bound of few coordinates, and each patch meets the row with the smallest.
 * That distance is a limit, below which few rows remain; they lie in few groups of neighbours, of
 * which the smallest bounds are looked at alone. Those survivors get bounds of many coordinates; the
 * row with the smallest of these is compared next, which lowers the limit, then the others that are
 * still below it. Patches with more rows below the limit than are worth picking one by one have
 * bounds of many coordinates made for all rows; those that even these leave with many meet every row.
 */
import type { Value } from '../../tensor/graph.ts';
import {
  add,
  cast,
  div,
  equal,
  greater,
  mul,
  or,
  sqrt,
  sub,
} from '../../tensor/ops/elementwise.ts';
import {
  dimensionOf,
  gather,
  nonZero,
  range,
  reshape,
  scatterReduced,
  scatterRows,
  squeeze,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { scaledProduct } from '../../tensor/ops/neural.ts';
import { argMin, reduceSum } from '../../tensor/ops/reduce.ts';
import { coarseBounds, coarseSurvivors } from './coarseSurvivors.ts';
import { comparedWith, limit, type NearestSoFar, nearerOf, unless } from './nearerRows.ts';
import { type BankInGraph, type Nearest, productsOfFew } from './nearest.ts';
import { type PatchesAlongAxes, patchesAlongAxes, someOf } from './patchesAlongAxes.ts';
import { type Places, placesInGraph } from './placesInGraph.ts';
import type { PruningTables } from './pruning.ts';
import type { TwoBoundsPlan } from './searchPlan.ts';

export interface NearestByPruning extends Nearest {
  /** Patches for which all rows get bounds of many coordinates, int64 [count] */
  readonly open: Value;
  /** Patches that are compared with every row, as places among those before, int64 [count] */
  readonly unproven: Value;
}

export function nearestByPruning(
  patches: Value,
  bank: BankInGraph,
  tables: PruningTables,
): NearestByPruning {
  const rows = placesInGraph(patches.graph, bank, tables);

  const all = patchesAlongAxes(patches, tables);
  const first = ofSurvivors(all, rows, tables);

  const some = someOf(all, first.open);
  const second = ofAllRows(some, rows, tables.plan);
  const last = ofEveryRow(someOf(some, second.open), bank, tables.plan);

  const settle = (found: Compared, later: NearestSoFar): NearestSoFar => ({
    square: scatterRows(found.square, found.open, later.square),
    index: scatterRows(found.index, found.open, later.index),
  });
  const { square, index } = settle(first, settle(second, last));
  return { distance: sqrt(square), index, open: first.open, unproven: second.open };
}

/** The nearest of some rows, and the patches that another may be nearer to. */
interface Compared extends NearestSoFar {
  readonly open: Value;
}

function ofSurvivors(seen: PatchesAlongAxes, rows: Places, tables: PruningTables): Compared {
  const { squares } = seen;
  const survivors = coarseSurvivors(seen, rows, tables);
  const { first, start, patch, place } = survivors;
  const products = reduceSum(mul(gather(rows.finer, place), gather(seen.finer, patch)), [1]);
  const bound = sub(survivors.bound, mul(products, 2));
  const isFirst = equal(place, gather(start, patch));
  const near = nonZero(greater(unless(isFirst, gather(limit(first, squares.fine), patch)), bound));
  const candidates: Candidates = {
    patch: gather(patch, near),
    row: gather(rows.rowAt, gather(place, near)),
    bound: gather(bound, near),
  };
  const found = nearestOfCandidates(first, candidates, seen, rows, tables);
  return { ...found, open: nonZero(or(survivors.crowded, found.crowded)) };
}

/** Rows that may be nearer, with their fine bounds less |x|^2: [count] each. */
interface Candidates {
  readonly patch: Value;
  readonly row: Value;
  readonly bound: Value;
}

/** Compares what is most promising, then what is still below the limit, if that is not too much. */
function nearestOfCandidates(
  known: NearestSoFar,
  { patch, row, bound }: Candidates,
  { patches, squares }: PatchesAlongAxes,
  bank: BankInGraph,
  { plan }: PruningTables,
): NearestSoFar & { crowded: Value } {
  const nothing = mul(known.square, 0);
  const pick = (at: Value) => ({ patch: gather(patch, at), row: gather(row, at) });
  const least = scatterReduced(add(nothing, 3e38), patch, bound, 'min');
  const smallest = nonZero(equal(bound, gather(least, patch)));
  const none = sub(mul(known.index, 0), 1);
  const best = scatterRows(none, gather(patch, smallest), smallest);
  const nearer = nearerOf(known, patches, bank, pick(gather(best, nonZero(greater(best, -1)))));

  const limits = limit(nearer, squares.fine);
  const isBest = equal(range(dimensionOf(patch, 0)), gather(best, patch));
  const isBelow = (of: Value) => greater(unless(isBest, gather(of, patch)), bound);
  const count = scatterReduced(nothing, patch, cast(isBelow(limits), 'float32'), 'add');
  const crowded = greater(count, plan.mostCandidates);
  const others = nonZero(isBelow(unless(crowded, limits)));
  return { ...nearerOf(nearer, patches, bank, pick(others)), crowded };
}

function ofAllRows(seen: PatchesAlongAxes, rows: Places, plan: TwoBoundsPlan): Compared {
  const { patches, finer, squares } = seen;
  const bounds = scaledProduct(finer, rows.finer, -2, coarseBounds(seen, rows));
  const rowOf = (place: Value) => gather(rows.rowAt, place);
  return nearestOfAll(patches, rows, bounds, squares.fine, plan, rowOf);
}

/**
 * By products, and differences where these are too close for float32. Patches stay open to which more
 * rows are within rounding of the nearest than are worth comparing: theirs is one of these.
 */
function ofEveryRow(seen: PatchesAlongAxes, bank: BankInGraph, plan: TwoBoundsPlan): Compared {
  const products = productsOfFew(seen.patches, bank);
  return nearestOfAll(seen.patches, bank, products, seen.squares.whole, plan, (row) => row);
}

/**
 * @param bounds below the squared distance to every row, less |x|^2, float32 [n, places]
 * @param squares |x|^2 less what rounding may have added to them, float32 [n]
 */
function nearestOfAll(
  patches: Value,
  bank: BankInGraph,
  bounds: Value,
  squares: Value,
  { mostCandidates }: TwoBoundsPlan,
  rowOf: (place: Value) => Value,
): Compared {
  const places = bounds.shape[1] as number;
  const first = comparedWith(patches, bank, rowOf(argMin(bounds, 1)));
  const limits = unsqueeze(limit(first, squares), 1);
  const count = reduceSum(cast(greater(limits, bounds), 'float32'), [1], true);
  const crowded = greater(count, mostCandidates);
  const at = nonZero(reshape(greater(unless(crowded, limits), bounds), [-1]));
  const patch = div(at, places);
  const row = rowOf(sub(at, mul(patch, places)));
  const found = nearerOf(first, patches, bank, { patch, row });
  return { ...found, open: nonZero(squeeze(crowded, 1)) };
}
