/**
 * The nearest row, exactly, at a fraction of the work. With an orthonormal basis of the bank's
 * principal axes, q coordinates and the norm r of the rest, (x_q - b_q)^2 + (r_x - r_b)^2 never
 * exceeds the squared distance. So a patch is proven when the nearest of some rows is not farther
 * than the smallest bound of all others, less what rounding may have added to it (its *floor*).
 *
 * First every row gets a bound of few coordinates. Rows lie in groups of neighbours, so that the
 * smallest bounds are found among the few groups with the smallest minima; those survivors get
 * bounds of many coordinates, and the best of them are compared. Patches that are still open look
 * among more groups and survivors; those that this does not prove have bounds of many coordinates
 * made for all rows; what even these do not prove meets every row.
 */
import { float32, int64 } from '../../tensor/elementType.ts';
import type { Graph, Value } from '../../tensor/graph.ts';
import { add, greater, minimum, mul, sqrt, sub } from '../../tensor/ops/elementwise.ts';
import {
  concat,
  dimensionOf,
  gather,
  gatherElements,
  nonZero,
  range,
  reshape,
  scatterRows,
  slice,
  squeeze,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { matmul, scaledProduct } from '../../tensor/ops/neural.ts';
import { reduceMin, topK } from '../../tensor/ops/reduce.ts';
import { type BankInGraph, type Nearest, nearestOfFew } from './nearest.ts';
import { nearestOfChosen } from './nearestOfChosen.ts';
import { type PatchesAlongAxes, patchesAlongAxes, someOf } from './patchesAlongAxes.ts';
import type { PruningTables } from './pruning.ts';
import { candidatesOfAll, type Look, widerLook } from './searchPlan.ts';

export interface NearestByPruning extends Nearest {
  /** The first patch, and those that the first survivors do not prove, int64 [count] */
  readonly open: Value;
  /** Patches that are compared with every row, as places among those before, int64 [count] */
  readonly unproven: Value;
}

export function nearestByPruning(
  patches: Value,
  bank: BankInGraph,
  tables: PruningTables,
): NearestByPruning {
  const { plan } = tables;
  const rows = { ...bank, ...placesInGraph(patches.graph, tables) };

  const all = patchesAlongAxes(patches, tables);
  const bounds = coarseBounds(all, rows, tables);
  const first = ofSurvivors(all, bounds, rows, tables, plan);

  const some = someOf(all, first.open);
  const theirs = boundsOf(bounds, first.open);
  const second = ofSurvivors(some, theirs, rows, tables, widerLook(plan));

  const others = someOf(some, second.open);
  const coarse = gather(bounds.each, gather(first.open, second.open));
  const third = ofAllRows(others, coarse, rows, tables);
  const last = nearestOfFew(gather(others.patches, third.open), bank);

  const settle = (name: 'distance' | 'index') =>
    [third, second, first].reduce(
      (later, stage) => scatterRows(stage[name], stage.open, later),
      last[name],
    );
  return {
    distance: settle('distance'),
    index: settle('index'),
    open: first.open,
    unproven: third.open,
  };
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
  /** Of all patches, float32 [all, places] */
  readonly each: Value;
  /** Which patches are meant, int64 [n] */
  readonly patches: Value;
  /** Their smallest of each group, float32 [n, groups] */
  readonly minima: Value;
}

function coarseBounds(seen: PatchesAlongAxes, rows: Places, tables: PruningTables): CoarseBounds {
  const { groupCount, plan } = tables;
  const one = add(mul(seen.rest, 0), 1);
  const each = matmul(concat([seen.few, seen.rest, one], 1), rows.coarse);
  const minima = reduceMin(reshape(each, [-1, groupCount, plan.groupRows]), [2]);
  return { each, patches: range(dimensionOf(each, 0)), minima };
}

/** @param some places among `patches`, int64 [count] */
const boundsOf = ({ each, patches, minima }: CoarseBounds, some: Value): CoarseBounds => ({
  each,
  patches: gather(patches, some),
  minima: gather(minima, some),
});

/** The nearest of some rows, and the patches that another may be nearer to. */
interface Compared extends Nearest {
  readonly open: Value;
}

/** @param seen one patch at least, of which the first stays open */
function ofSurvivors(
  seen: PatchesAlongAxes,
  bounds: CoarseBounds,
  rows: Places,
  tables: PruningTables,
  look: Look,
): Compared {
  const { places, values, bound } = smallestCoarseBounds(bounds, tables, look);
  const products = matmul(gather(rows.finer, places), unsqueeze(seen.finer, 2));
  const fine = sub(values, mul(squeeze(products, 2), 2));
  const { candidates } = look;
  const least = topK(fine, candidates + 1, 'smallest');
  const chosen = gatherElements(places, slice(least.indices, 1, 0, candidates));
  const nextBound = slice(least.values, 1, candidates, candidates + 1);
  const floor = minimum(add(bound, seen.squares.coarse), add(nextBound, seen.squares.fine));
  return compare(seen, rows, gather(rows.rowAt, chosen), withoutFirst(floor));
}

/** Leaves the first patch open, because onnxruntime's TopK ends the process when given nothing. */
function withoutFirst(floor: Value): Value {
  const nothing = floor.graph.constant('nothing', float32(Float32Array.of(-3e38), [1, 1]));
  return scatterRows(floor, floor.graph.constant('first', int64([0])), nothing);
}

/**
 * @returns places int64 [n, survivors], their bounds float32 [n, survivors], and a bound below all
 * others', float32 [n, 1]
 */
function smallestCoarseBounds(bounds: CoarseBounds, tables: PruningTables, look: Look) {
  const { groupCount, plan } = tables;
  const { groupRows } = plan;
  const kept = Math.min(look.groups, groupCount);
  const count = Math.min(look.survivors, kept * groupRows);
  const groups = topK(bounds.minima, kept, 'smallest');
  const inEach = add(mul(unsqueeze(bounds.patches, 1), groupCount), groups.indices);
  const inGroups = gather(reshape(bounds.each, [-1, groupRows]), inEach);
  const least = topK(reshape(inGroups, [-1, kept * groupRows]), count, 'smallest');
  const ofGroup = int64(Array.from({ length: groupRows }, (_, i) => i));
  const places = add(
    mul(unsqueeze(groups.indices, 2), groupRows),
    groups.indices.graph.constant('of_group', ofGroup),
  );
  // Rows of other groups have bounds over the largest minimum, other rows of these over the
  // largest of the smallest.
  const bound = minimum(
    slice(groups.values, 1, kept - 1, kept),
    slice(least.values, 1, count - 1, count),
  );
  return {
    places: gatherElements(reshape(places, [-1, kept * groupRows]), least.indices),
    values: least.values,
    bound,
  };
}

/** @param coarse bounds of every place, float32 [n, places] */
function ofAllRows(
  seen: PatchesAlongAxes,
  coarse: Value,
  rows: Places,
  tables: PruningTables,
): Compared {
  const count = Math.min(candidatesOfAll(tables.plan), tables.rowAt.length - 1);
  const least = topK(scaledProduct(seen.finer, rows.finer, -2, coarse), count + 1, 'smallest');
  const chosen = gather(rows.rowAt, slice(least.indices, 1, 0, count));
  const nextBound = slice(least.values, 1, count, count + 1);
  return compare(seen, rows, chosen, add(nextBound, seen.squares.fine));
}

/**
 * @param chosen int64 [n, count]
 * @param floor below the squared distance to every other row, float32 [n, 1]
 */
function compare(seen: PatchesAlongAxes, bank: BankInGraph, chosen: Value, floor: Value): Compared {
  const { square, index } = nearestOfChosen(seen.patches, bank, chosen);
  const open = nonZero(squeeze(greater(square, floor), 1));
  return { distance: squeeze(sqrt(square), 1), index, open };
}
