/**
 * What bounds of few coordinates leave of the rows. Every row gets one for every patch, which is more
 * than all else in a search; so in large banks patches go through this in blocks, whose bounds are gone
 * before those of the next are made.
 */
import type { Value } from '../../tensor/graph.ts';
import { add, cast, div, greater, mul, sub } from '../../tensor/ops/elementwise.ts';
import {
  concat,
  dimensionOf,
  gather,
  nonZero,
  range,
  reshape,
  scatterReduced,
  sliceAt,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { argMin, reduceMin, reduceSum } from '../../tensor/ops/reduce.ts';
import { comparedWith, limit, type NearestSoFar, unless } from './nearerRows.ts';
import type { PatchesAlongAxes } from './patchesAlongAxes.ts';
import type { Places } from './placesInGraph.ts';
import type { PruningTables } from './pruning.ts';

/** Up to these all patches are one block, which is quickest: the bounds of 784 take 39 MB. */
const PLACES_OF_ONE_BLOCK = 12_500;
/** For larger banks, blocks have bounds of 26 MB at most. */
const PLACES_BY_BLOCK = 8192;

/** Of n patches; those of one patch lie together. */
export interface Survivors {
  /** The row with the smallest bound of each patch, which it was compared with, and its place: int64 [n] */
  readonly first: NearestSoFar;
  readonly start: Value;
  /** Places that may hold a nearer row: int64 [count] each */
  readonly patch: Value;
  readonly place: Value;
  /** Their bounds less |x|^2, float32 [count] */
  readonly bound: Value;
  /** Patches with too many survivors, of which none is among those above: bool [n] */
  readonly crowded: Value;
}

export function coarseSurvivors(
  seen: PatchesAlongAxes,
  rows: Places,
  tables: PruningTables,
): Survivors {
  const places = rows.rowAt.shape[0] as number;
  if (places <= PLACES_OF_ONE_BLOCK) {
    return survivorsOf({ ...seen, squares: seen.squares.coarse }, rows, tables);
  }
  const count = Math.ceil(places / PLACES_BY_BLOCK);
  const size = div(add(reshape(dimensionOf(seen.patches, 0), [1]), count - 1), count);
  const found: Survivors[] = [];
  let firstPatch = mul(size, 0);
  for (let i = 0; i < count; i++) {
    const end = add(firstPatch, size);
    const survivors = survivorsOf(blockOf(seen, firstPatch, end), rows, tables);
    found.push({ ...survivors, patch: add(survivors.patch, firstPatch) });
    // Nothing but its place keeps a block from being begun while this one's bounds are still needed.
    firstPatch = add(end, mul(dimensionOf(survivors.patch, 0), 0));
  }
  const joined = (of: (survivors: Survivors) => Value) => concat(found.map(of), 0);
  return {
    first: {
      square: joined(({ first }) => first.square),
      index: joined(({ first }) => first.index),
    },
    start: joined(({ start }) => start),
    patch: joined(({ patch }) => patch),
    place: joined(({ place }) => place),
    bound: joined(({ bound }) => bound),
    crowded: joined(({ crowded }) => crowded),
  };
}

/** Neighbouring patches, as coarse bounds see them. */
interface Block extends Pick<PatchesAlongAxes, 'patches' | 'few' | 'rest'> {
  /** |x|^2 less what rounding may have added to a bound, float32 [n] */
  readonly squares: Value;
}

/** @param start int64 [1]; @param end int64 [1], beyond the last patch for a block that is not full */
function blockOf(
  { patches, few, rest, squares }: PatchesAlongAxes,
  start: Value,
  end: Value,
): Block {
  const own = (x: Value) => sliceAt(x, 0, start, end);
  return { patches: own(patches), few: own(few), rest: own(rest), squares: own(squares.coarse) };
}

function survivorsOf(block: Block, rows: Places, tables: PruningTables): Survivors {
  const bounds = inGroups(coarseBounds(block, rows), tables);
  const start = placeOfSmallest(bounds, tables);
  const first = comparedWith(block.patches, rows, gather(rows.rowAt, start));
  return { first, start, ...below(limit(first, block.squares), bounds, tables) };
}

/** Of every place, less |x|^2: float32 [n, places] */
export function coarseBounds(
  { few, rest }: Pick<PatchesAlongAxes, 'few' | 'rest'>,
  { coarse }: Places,
): Value {
  const one = add(mul(rest, 0), 1);
  return matmul(concat([few, rest, one], 1), coarse);
}

interface BoundsInGroups {
  /** float32 [n * groups, rows of a group] */
  readonly groups: Value;
  /** The smallest of each group, float32 [n, groups] */
  readonly minima: Value;
}

function inGroups(bounds: Value, { groupCount, plan }: PruningTables): BoundsInGroups {
  const minima = reduceMin(reshape(bounds, [-1, groupCount, plan.groupRows]), [2]);
  return { groups: reshape(bounds, [-1, plan.groupRows]), minima };
}

/** The place with the smallest coarse bound of each patch, int64 [n] */
function placeOfSmallest({ groups, minima }: BoundsInGroups, { groupCount, plan }: PruningTables) {
  const group = argMin(minima, 1);
  const start = mul(range(dimensionOf(minima, 0)), groupCount);
  return add(mul(group, plan.groupRows), argMin(gather(groups, add(start, group)), 1));
}

/**
 * The places of each patch with coarse bounds below its limit, int64 [count], with these bounds,
 * float32 [count]; none of patches with too many, which are crowded: bool [n].
 * @param limits float32 [n]
 */
function below(
  limits: Value,
  { groups, minima }: BoundsInGroups,
  { groupCount, plan }: PruningTables,
) {
  const { groupRows, mostSurvivors } = plan;
  const kept = nonZero(reshape(greater(unsqueeze(limits, 1), minima), [-1]));
  const patchOf = div(kept, groupCount);
  const own = gather(groups, kept);
  const limitsOf = (of: Value) => unsqueeze(gather(of, patchOf), 1);
  const inEach = reduceSum(cast(greater(limitsOf(limits), own), 'float32'), [1]);
  const count = scatterReduced(mul(limits, 0), patchOf, inEach, 'add');
  const crowded = greater(count, mostSurvivors);

  const at = nonZero(reshape(greater(limitsOf(unless(crowded, limits)), own), [-1]));
  const inOwn = div(at, groupRows);
  const patch = gather(patchOf, inOwn);
  const group = sub(gather(kept, inOwn), mul(patch, groupCount));
  const place = add(at, mul(sub(group, inOwn), groupRows));
  return { patch, place, bound: gather(reshape(own, [-1]), at), crowded };
}
