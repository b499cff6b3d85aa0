/** The bias-corrected and accelerated bootstrap (Efron 1987; Efron and Tibshirani 1993, 14.3, 15.4). */
import type { Interval } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { quantile } from './percentileInterval.ts';

/**
 * @param estimate from all data
 * @param replicates of it on resampled data, not empty
 * @param jackknife for each group of data that is resampled on its own, such as normal and anomalous
 * images, the estimate with each datum of the group left out
 */
export function bcaInterval(
  estimate: number,
  replicates: ArrayLike<number>,
  jackknife: readonly ArrayLike<number>[],
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
    // Beyond the pole of the formula lies what it tends to there.
    const slope = Math.max(0, 1 - acceleration * z);
    return quantile(sorted, normalCdf(bias + z / slope));
  };
  const tail = (1 - confidence) / 2;
  return { low: end(tail), high: end(1 - tail), confidence, method: 'bca' };
}

/** A sixth of the skewness of the empirical influence (Efron and Tibshirani 1993, eq. 15.36). */
function accelerationOf(groups: readonly ArrayLike<number>[]): number {
  let squares = 0;
  let cubes = 0;
  for (const group of groups) {
    const values = Array.from(group);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const share = (values.length - 1) / values.length;
    for (const value of values) {
      const influence = share * (mean - value);
      squares += influence ** 2;
      cubes += influence ** 3;
    }
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
