/**
 * The nearest row, exactly, at a fraction of the work. With an orthonormal basis of the bank's
 * principal axes, q coordinates and the norm r of the rest, (x_q - b_q)^2 + (r_x - r_b)^2 never
 * exceeds the squared distance. So a patch is proven when the nearest of some rows is not farther
 * than the smallest bound of all others, less what rounding may have added to it (its *floor*).
 *
 * First every row gets a bound of few coordinates. Rows lie in groups of neighbours, so that the
 * smallest bounds are found among the few groups with the smallest minima; those survivors get
 * bounds of many coordinates, and the best of them are compared. Patches that are still open have
 * bounds of many coordinates made for all rows; what even these do not prove meets every row.
 */
import { float32, int64 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import {
  add,
  greater,
  minimum,
  mul,
  sqrt,
  sqrtOfPositive,
  sub,
} from '../../tensor/ops/elementwise.ts';
import {
  concat,
  gather,
  gatherElements,
  gatherPerItem,
  nonZero,
  reshape,
  scatterRows,
  slice,
  squeeze,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { matmul, scaledProduct } from '../../tensor/ops/neural.ts';
import { argMin, reduceMin, reduceSumSquare, topK } from '../../tensor/ops/reduce.ts';
import { type BankInGraph, type Nearest, nearestOfFew } from './nearest.ts';
import type { PruningTables } from './pruning.ts';
import { roundingMargin } from './roundingMargin.ts';

export interface NearestByPruning extends Nearest {
  /** The first patch, and those that the survivors do not prove, int64 [count] */
  readonly open: Value;
  /** Patches that are compared with every row, as places in `open`, int64 [count] */
  readonly unproven: Value;
}

export function nearestByPruning(
  patches: Value,
  bank: BankInGraph,
  tables: PruningTables,
): NearestByPruning {
  const { graph } = patches;
  const { plan, basis, fine } = tables;
  const dimension = patches.shape[1] as number;
  const fineTable = graph.constant('fine', float32(fine, [bank.rowCount, plan.fine + 1]));

  const inside = matmul(patches, graph.constant('basis', float32(basis, [dimension, plan.fine])));
  const all = seenAs(patches, reduceSumSquare(patches, [1], true), inside);
  const first = ofSurvivors(all, bank, tables, fineTable);
  const some = those(all, first.open);
  const second = ofAllRows(some, bank, tables, fineTable);
  const few = nearestOfFew(gather(some.patches, second.open), bank);

  const settle = (name: 'distance' | 'index') =>
    scatterRows(first[name], first.open, scatterRows(second[name], second.open, few[name]));
  return {
    distance: settle('distance'),
    index: settle('index'),
    open: first.open,
    unproven: second.open,
  };
}

/** Patches along the bank's principal axes. */
interface Seen {
  /** float32 [n, dimension] */
  readonly patches: Value;
  /** |x|^2, float32 [n, 1] */
  readonly squares: Value;
  /** x_q, float32 [n, q] */
  readonly inside: Value;
  /** r_x, float32 [n, 1] */
  readonly rest: Value;
}

function seenAs(patches: Value, squares: Value, inside: Value): Seen {
  const rest = sqrtOfPositive(sub(squares, reduceSumSquare(inside, [1], true)));
  return { patches, squares, inside, rest };
}

function those({ patches, squares, inside, rest }: Seen, rows: Value): Seen {
  return {
    patches: gather(patches, rows),
    squares: gather(squares, rows),
    inside: gather(inside, rows),
    rest: gather(rest, rows),
  };
}

/** The nearest of some rows, and the patches that another may be nearer to. */
interface Compared extends Nearest {
  readonly open: Value;
}

function ofSurvivors(
  seen: Seen,
  bank: BankInGraph,
  tables: PruningTables,
  fineTable: Value,
): Compared {
  const { survivors, candidates, fine } = tables.plan;
  const { rows, bound } = smallestCoarseBounds(seen, tables, survivors);
  const vectors = unsqueeze(concat([seen.inside, seen.rest], 1), 2);
  const products = squeeze(matmul(gather(fineTable, rows), vectors), 2);
  const bounds = sub(gather(bank.squaredNorms, rows), mul(products, 2));
  const least = topK(bounds, candidates + 1, 'smallest');
  const chosen = gatherElements(rows, slice(least.indices, 1, 0, candidates));
  const nextBound = slice(least.values, 1, candidates, candidates + 1);
  const floor = minimum(bound, less(nextBound, seen, tables, fine, tables.largestRest.fine));
  return compare(seen, bank, chosen, withoutFirst(floor));
}

/** Leaves the first patch open, because onnxruntime's TopK ends the process when given nothing. */
function withoutFirst(floor: Value): Value {
  const nothing = floor.graph.constant('nothing', float32(Float32Array.of(-3e38), [1, 1]));
  return scatterRows(floor, floor.graph.constant('first', int64([0])), nothing);
}

/** @returns rows int64 [n, count], and a bound below all others', float32 [n, 1], less |x|^2 */
function smallestCoarseBounds(seen: Seen, tables: PruningTables, count: number) {
  const { graph } = seen.patches;
  const { plan, groupCount, coarse, rowAt, largestRest } = tables;
  const { groupRows } = plan;
  const kept = Math.min(plan.groups, groupCount);
  const table = float32(coarse, [plan.coarse + 2, groupCount * groupRows]);
  const rowsOfGroups = int64([...rowAt], [groupCount, groupRows]);

  const few = seenAs(seen.patches, seen.squares, slice(seen.inside, 1, 0, plan.coarse));
  const one = add(mul(few.rest, 0), 1);
  const products = matmul(concat([few.inside, few.rest, one], 1), graph.constant('coarse', table));
  const bounds = reshape(products, [-1, groupCount, groupRows]);
  const groups = topK(reduceMin(bounds, [2]), kept, 'smallest');
  const inGroups = reshape(gatherPerItem(bounds, groups.indices), [-1, kept * groupRows]);
  const rows = gather(graph.constant('rows_of_groups', rowsOfGroups), groups.indices);
  const least = topK(inGroups, count, 'smallest');
  // Rows of other groups have bounds over the largest minimum, other rows of these over the
  // largest of the smallest.
  const bound = minimum(
    slice(groups.values, 1, kept - 1, kept),
    slice(least.values, 1, count - 1, count),
  );
  return {
    rows: gatherElements(reshape(rows, [-1, kept * groupRows]), least.indices),
    bound: less(bound, few, tables, plan.coarse, largestRest.coarse),
  };
}

function ofAllRows(
  seen: Seen,
  bank: BankInGraph,
  tables: PruningTables,
  fineTable: Value,
): Compared {
  const { lastCandidates: count, fine } = tables.plan;
  const vectors = concat([seen.inside, seen.rest], 1);
  const least = topK(
    scaledProduct(vectors, fineTable, -2, bank.squaredNorms),
    count + 1,
    'smallest',
  );
  const nextBound = slice(least.values, 1, count, count + 1);
  const floor = less(nextBound, seen, tables, fine, tables.largestRest.fine);
  return compare(seen, bank, slice(least.indices, 1, 0, count), floor);
}

/** A bound less its rounding error. */
function less(
  bound: Value,
  seen: Seen,
  tables: PruningTables,
  coordinates: number,
  largestRest: number,
): Value {
  const dimension = seen.patches.shape[1] as number;
  const { largestNorm } = tables;
  const of = { dimension, coordinates, largestNorm, largestRest };
  return sub(bound, roundingMargin(seen.squares, seen.rest, of));
}

/** Candidates whose differences are in memory at once. */
const BLOCK = 4;

/**
 * @param chosen int64 [n, count]
 * @param floor below the squared distance to every other row less |x|^2, float32 [n, 1]
 */
function compare({ patches, squares }: Seen, bank: BankInGraph, chosen: Value, floor: Value) {
  const count = chosen.shape[1] as number;
  const blocks: Value[] = [];
  for (let start = 0; start < count; start += BLOCK) {
    const rows = slice(chosen, 1, start, Math.min(count, start + BLOCK));
    const differences = sub(gather(bank.rows, rows), unsqueeze(patches, 1));
    blocks.push(reduceSumSquare(differences, [2]));
  }
  const exact = blocks.length === 1 ? blocks[0]! : concat(blocks, 1);
  const best = reduceMin(exact, [1], true);
  return {
    distance: squeeze(sqrt(best), 1),
    index: squeeze(gatherElements(chosen, argMin(exact, 1, true)), 1),
    open: nonZero(squeeze(greater(best, add(floor, squares)), 1)),
  };
}
