/** The bias-corrected and accelerated bootstrap (Efron 1987; Efron and Tibshirani 1993, 14.3). */
import type { Interval } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { quantile } from './percentileInterval.ts';

/**
 * @param estimate from all data
 * @param replicates of it on resampled data, not empty
 * @param jackknife it with each datum left out
 */
export function bcaInterval(
  estimate: number,
  replicates: ArrayLike<number>,
  jackknife: ArrayLike<number>,
  confidence: number,
): Interval {
  const sorted = Float64Array.from(replicates).sort();
  // Ties count half, as scipy counts them.
  let below = 0;
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const share = below / sorted.length;
  const bias = normalQuantile(
    Math.min(Math.max(share, 0.5 / sorted.length), 1 - 0.5 / sorted.length),
  );
  const acceleration = accelerationOf(jackknife);
  const end = (tail: number) => {
    const z = bias + normalQuantile(tail);
    return quantile(sorted, normalCdf(bias + z / (1 - acceleration * z)));
  };
  const tail = (1 - confidence) / 2;
  return { low: end(tail), high: end(1 - tail), confidence, method: 'bca' };
}

/** A sixth of the skewness of the leave-one-out values. */
function accelerationOf(jackknife: ArrayLike<number>): number {
  const values = Array.from(jackknife);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
