/**
 * How far two samples of points lie apart, whatever their distributions, and whether by more than
 * chance: Szekely and Rizzo, "Energy statistics: a class of statistics based on distances",
 * J. Statistical Planning and Inference 143 (2013), equations 6.1 and 6.5.
 */
import { internalError } from '../core/error.ts';
import type { Random } from '../core/random.ts';

/** A point; all have the same number of coordinates. */
export type Point = readonly number[];

/**
 * 2 E|X - Y| - E|X - X'| - E|Y - Y'| of the two samples as they are (a V-statistic), Euclidean: 0
 * for equal samples, never negative. In one dimension its square root is scipy's energy_distance.
 * @throws FlawmapError (internal) for an empty sample or a coordinate that is not finite
 */
export function energyDistance(first: readonly Point[], second: readonly Point[]): number {
  const pooled = pool(first, second);
  return energyOf(pooled, sumsOf(pooled, pooled.membersOfSecond));
}

export interface EnergyTest {
  /** The energy distance. */
  readonly distance: number;
  /** Share of the permutations, the data's own order among them, with at least this distance. */
  readonly pValue: number;
  readonly permutations: number;
}

/**
 * Are both samples of one distribution? Exact for exchangeable points, whatever their number: the
 * points are pooled and dealt out anew.
 * @param permutations at least 1; the p-value is at least 1 / (permutations + 1)
 */
export function energyTest(
  first: readonly Point[],
  second: readonly Point[],
  permutations: number,
  random: Pick<Random, 'integer'>,
): EnergyTest {
  const pooled = pool(first, second);
  const distance = energyOf(pooled, sumsOf(pooled, pooled.membersOfSecond));
  const order = Int32Array.from({ length: pooled.count }, (_, i) => i);
  const size = second.length;
  // Sums in another order differ in their last digits; a tie must count as a tie.
  const least = distance * (1 - 1e-9);
  let reached = 1;
  for (let round = 0; round < permutations; round++) {
    for (let i = 0; i < size; i++) {
      const j = i + random.integer(pooled.count - i);
      const chosen = order[j]!;
      order[j] = order[i]!;
      order[i] = chosen;
    }
    if (energyOf(pooled, sumsOf(pooled, order.subarray(0, size))) >= least) reached++;
  }
  return { distance, pValue: reached / (permutations + 1), permutations };
}

interface Pooled {
  readonly count: number;
  /** Size of the second sample. */
  readonly size: number;
  /** [count * count] */
  readonly distances: Float64Array;
  /** Each point's distances to all, added up. */
  readonly rowSums: Float64Array;
  readonly total: number;
  readonly membersOfSecond: Int32Array;
}

function pool(first: readonly Point[], second: readonly Point[]): Pooled {
  const points = [...first, ...second];
  if (first.length === 0 || second.length === 0 || !points.flat().every(Number.isFinite)) {
    throw internalError({
      what: 'the energy distance was asked of samples that have none',
      expected: 'two samples of at least one point, with finite coordinates',
      found: `${first.length} and ${second.length} points`,
    });
  }
  const count = points.length;
  const distances = new Float64Array(count * count);
  const rowSums = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const distance = euclidean(points[i]!, points[j]!);
      distances[i * count + j] = distance;
      distances[j * count + i] = distance;
      rowSums[i]! += distance;
      rowSums[j]! += distance;
    }
  }
  return {
    count,
    size: second.length,
    distances,
    rowSums,
    total: rowSums.reduce((sum, value) => sum + value, 0),
    membersOfSecond: Int32Array.from(second, (_, i) => first.length + i),
  };
}

/** Distances added up over ordered pairs within the second sample, and from it to all points. */
function sumsOf({ count, distances, rowSums }: Pooled, members: Int32Array) {
  let within = 0;
  let toAll = 0;
  for (let a = 0; a < members.length; a++) {
    const row = members[a]! * count;
    toAll += rowSums[members[a]!]!;
    for (let b = 0; b < a; b++) within += 2 * distances[row + members[b]!]!;
  }
  return { within, toAll };
}

function energyOf(
  { count, size, total }: Pooled,
  { within, toAll }: { readonly within: number; readonly toAll: number },
): number {
  const rest = count - size;
  const between = toAll - within;
  const withinRest = total - 2 * between - within;
  const energy =
    (2 * between) / (rest * size) - withinRest / (rest * rest) - within / (size * size);
  return Math.max(0, energy);
}

function euclidean(a: Point, b: Point): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return Math.sqrt(sum);
}
