import type { Latency } from '../../../result/analysis/efficiency.ts';
import { quantile } from '../../../stats/percentileInterval.ts';

/**
 * Of one image each. Percentiles are order statistics, interpolated linearly as numpy.percentile
 * does: with fewer than a hundred images the 99th lies between the two slowest.
 * @param milliseconds not empty
 */
export function latencyOf(milliseconds: readonly number[]): Latency {
  const sorted = Float64Array.from(milliseconds).sort();
  return {
    n: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    slowest: sorted.at(-1)!,
  };
}
