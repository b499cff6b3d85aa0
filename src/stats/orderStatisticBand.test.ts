import { expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { orderStatisticBand, orderStatisticCoverage } from './orderStatisticBand.ts';

// scipy 1.15: stats.kstwo.cdf(distance, n), the distribution of Kolmogorov's statistic
it.each([
  [42, 0.2, 0.9400268767310642],
  [10, 0.3, 0.7294644252000005],
  [100, 0.12, 0.8966962509818006],
])('has the coverage of the band of Kolmogorov, n = %i', (n, distance, expected) => {
  const within = (value: number) => Math.min(Math.max(value, 0), 1);
  const lower = Float64Array.from({ length: n }, (_, i) => within((i + 1) / n - distance));
  const upper = Float64Array.from({ length: n }, (_, i) => within(i / n + distance));
  expect(orderStatisticCoverage(lower, upper)).toBeCloseTo(expected, 9);
});

it.each([1, 2, 19, 42, 200])('holds all of %i together with the confidence asked for', (n) => {
  const { lower, upper, localTail } = orderStatisticBand(n, 0.95);
  const coverage = orderStatisticCoverage(lower, upper);
  expect(coverage).toBeGreaterThanOrEqual(0.95 - 1e-12);
  expect(coverage).toBeLessThan(0.95 + 1e-6);
  expect(localTail).toBeGreaterThanOrEqual(0.05 / n);
  expect(localTail).toBeLessThanOrEqual(0.05 + 1e-12);
});

it('holds that in simulation', () => {
  const n = 30;
  const draws = 4000;
  const { lower, upper } = orderStatisticBand(n, 0.9);
  const random = createRandom('order statistics');
  let held = 0;
  for (let draw = 0; draw < draws; draw++) {
    const sorted = Float64Array.from({ length: n }, () => random.next()).sort();
    if (sorted.every((value, i) => value >= lower[i]! && value <= upper[i]!)) held++;
  }
  // Three standard deviations of the share.
  expect(Math.abs(held / draws - 0.9)).toBeLessThan(3 * Math.sqrt((0.9 * 0.1) / draws));
});
