/** The range that holds the middle of the bootstrap replicates. */
import type { Interval } from './interval.ts';

/** @returns null without replicates */
export function percentileInterval(
  replicates: ArrayLike<number>,
  confidence: number,
): Interval | null {
  if (replicates.length === 0) return null;
  const sorted = Float64Array.from(replicates).sort();
  const tail = (1 - confidence) / 2;
  return {
    low: quantile(sorted, tail),
    high: quantile(sorted, 1 - tail),
    confidence,
    method: 'percentile',
  };
}

/** Interpolated linearly, as numpy.quantile does. @param sorted ascending, not empty */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
}
