/** A coreset: points chosen so that all others lie near one of them. */
import { internalError } from '../../core/error.ts';
import type { RunControl } from '../../core/progress.ts';
import { openKCenter } from './kCenter.ts';

export interface CoresetOptions extends RunControl {
  /** Index of the first centre. */
  readonly start: number;
}

export interface Coreset {
  /** Indices in the order of choice. */
  readonly chosen: Int32Array;
  /** The largest distance of any point to its nearest chosen one. */
  readonly coveringRadius: number;
}

/**
 * @param points float32 [n, dimension]; used up: their origin moves
 * @param count how many to choose, 1 to n
 * @throws FlawmapError (internal) for another count, or a start that is no point
 */
export async function greedyCoreset(
  points: Float32Array,
  dimension: number,
  count: number,
  { start, ...control }: CoresetOptions,
): Promise<Coreset> {
  const pointCount = points.length / dimension;
  if (count < 1 || count > pointCount || start < 0 || start >= pointCount) {
    throw internalError({
      what: 'the coreset cannot be chosen',
      expected: `1 to ${pointCount} rows, the first an index below ${pointCount}`,
      found: `${count} rows from row ${start}`,
    });
  }
  await using centres = await openKCenter(points, dimension);
  await centres.choose([start], 0, pointCount);
  // Below any distance: even points that coincide with a centre are taken when asked for.
  const until = { count: count - 1, radius: Number.NaN };
  const others = await centres.grow(pointCount, until, control);
  const farthest = centres.distances.reduce((largest, value) => Math.max(largest, value), 0);
  return { chosen: Int32Array.of(start, ...others), coveringRadius: Math.sqrt(farthest) };
}
