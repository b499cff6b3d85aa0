/** An image's score from the distances of its patches, in the ways that are compared. */
import { quantile } from '../stats/percentileInterval.ts';

export const AGGREGATES = ['max', 'p99', 'p95', 'mean'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/**
 * The largest distance, the percentiles 99 and 95 (interpolated as numpy does) and the mean.
 * @param distances one for each patch, not empty
 */
export function patchAggregates(distances: ArrayLike<number>): Record<Aggregate, number> {
  const sorted = Float64Array.from(distances).sort();
  return {
    max: sorted.at(-1)!,
    p99: quantile(sorted, 0.99),
    p95: quantile(sorted, 0.95),
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
  };
}
