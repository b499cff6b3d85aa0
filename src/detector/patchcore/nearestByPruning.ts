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
import { float32, int64 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
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
  where,
} from '../../tensor/ops/elementwise.ts';
import {
  concat,
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
import { matmul, scaledProduct } from '../../tensor/ops/neural.ts';
import { argMin, reduceMin, reduceSum } from '../../tensor/ops/reduce.ts';
import { comparedWith, type NearestSoFar, nearerOf } from './nearerRows.ts';
import { type BankInGraph, type Nearest, productsOfFew } from './nearest.ts';
import { type PatchesAlongAxes, patchesAlongAxes, someOf } from './patchesAlongAxes.ts';
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
  const rows = { ...bank, ...placesInGraph(patches.graph, tables) };

  const all = patchesAlongAxes(patches, tables);
  const bounds = coarseBounds(all, rows, tables);
  const first = ofSurvivors(all, bounds, rows, tables);

  const some = someOf(all, first.open);
  const second = ofAllRows(some, gather(bounds.each, first.open), rows, tables.plan);
  const last = ofEveryRow(someOf(some, second.open), bank, tables.plan);

  const settle = (found: Compared, later: NearestSoFar): NearestSoFar => ({
    square: scatterRows(found.square, found.open, later.square),
    index: scatterRows(found.index, found.open, later.index),
  });
  const { square, index } = settle(first, settle(second, last));
  return { distance: sqrt(square), index, open: first.open, unproven: second.open };
}

/** A bank with its rows at places in groups; the tables are those of `PruningTables`. */
interface Places extends BankInGraph {
  /** float32 [coarse + 2, places] */
  readonly coarse: Value;
  /** float32 [places, fine - coarse + 2] */
  readonly finer: Value;
  /** int64 [places] */
  readonly rowAt: Value;
}

function placesInGraph(graph: Graph, { plan, coarse, finer, rowAt }: PruningTables) {
  const places = rowAt.length;
  return {
    coarse: graph.constant('coarse', float32(coarse, [plan.coarse + 2, places])),
    finer: graph.constant('finer', float32(finer, [places, plan.fine - plan.coarse + 2])),
    rowAt: graph.constant('row_at', int64([...rowAt])),
  };
}

/** Less |x|^2. */
interface CoarseBounds {
  /** float32 [n, places] */
  readonly each: Value;
  /** The same group by group, float32 [n * groups, rows of a group] */
  readonly blocks: Value;
  /** The smallest of each group, float32 [n, groups] */
  readonly minima: Value;
}

function coarseBounds(seen: PatchesAlongAxes, rows: Places, tables: PruningTables): CoarseBounds {
  const { groupCount, plan } = tables;
  const one = add(mul(seen.rest, 0), 1);
  const each = matmul(concat([seen.few, seen.rest, one], 1), rows.coarse);
  const minima = reduceMin(reshape(each, [-1, groupCount, plan.groupRows]), [2]);
  return { each, blocks: reshape(each, [-1, plan.groupRows]), minima };
}

/** The nearest of some rows, and the patches that another may be nearer to. */
interface Compared extends NearestSoFar {
  readonly open: Value;
}

function ofSurvivors(
  seen: PatchesAlongAxes,
  bounds: CoarseBounds,
  rows: Places,
  tables: PruningTables,
): Compared {
  const { patches, squares } = seen;
  const start = placeOfSmallest(bounds, tables);
  const first = comparedWith(patches, rows, gather(rows.rowAt, start));
  const survivors = below(limit(first, squares.coarse), bounds, tables);

  const { patch, place } = survivors;
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

/** Below what a bound, less |x|^2, tells of a nearer row: float32, of the shape of what is known. */
const limit = ({ square }: NearestSoFar, squares: Value) => sub(square, squares);

/** Limits, or where a condition holds one that nothing is below. */
const unless = (condition: Value, limits: Value) => where(condition, -3e38, limits);

/** The place with the smallest coarse bound of each patch, int64 [n] */
function placeOfSmallest({ blocks, minima }: CoarseBounds, { groupCount, plan }: PruningTables) {
  const group = argMin(minima, 1);
  const start = mul(range(dimensionOf(minima, 0)), groupCount);
  return add(mul(group, plan.groupRows), argMin(gather(blocks, add(start, group)), 1));
}

/**
 * The places of each patch with coarse bounds below its limit, int64 [count], with these bounds,
 * float32 [count]; none of patches with too many, which are crowded: bool [n].
 * @param limits float32 [n]
 */
function below(
  limits: Value,
  { blocks, minima }: CoarseBounds,
  { groupCount, plan }: PruningTables,
) {
  const { groupRows, mostSurvivors } = plan;
  const inGroups = nonZero(reshape(greater(unsqueeze(limits, 1), minima), [-1]));
  const patchOf = div(inGroups, groupCount);
  const own = gather(blocks, inGroups);
  const limitsOf = (of: Value) => unsqueeze(gather(of, patchOf), 1);
  const inEach = reduceSum(cast(greater(limitsOf(limits), own), 'float32'), [1]);
  const count = scatterReduced(mul(limits, 0), patchOf, inEach, 'add');
  const crowded = greater(count, mostSurvivors);

  const at = nonZero(reshape(greater(limitsOf(unless(crowded, limits)), own), [-1]));
  const inOwn = div(at, groupRows);
  const patch = gather(patchOf, inOwn);
  const group = sub(gather(inGroups, inOwn), mul(patch, groupCount));
  const place = add(at, mul(sub(group, inOwn), groupRows));
  return { patch, place, bound: gather(reshape(own, [-1]), at), crowded };
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

/** @param coarse bounds of every place, float32 [n, places] */
function ofAllRows(
  { patches, finer, squares }: PatchesAlongAxes,
  coarse: Value,
  rows: Places,
  plan: TwoBoundsPlan,
): Compared {
  const bounds = scaledProduct(finer, rows.finer, -2, coarse);
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
