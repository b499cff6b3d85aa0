import { describe, expect, test } from 'vitest';
import { percentileInterval, quantile } from './percentileInterval.ts';

// Against numpy: with the bootstrap of a mean, in bcaInterval.test.ts.
describe('percentileInterval', () => {
  test('is null without replicates', () => {
    expect(percentileInterval([], 0.95)).toBeNull();
  });

  test('takes them in any order, and a single one', () => {
    expect(percentileInterval([3, 1, 2], 0.5)).toMatchObject({ low: 1.5, high: 2.5 });
    expect(percentileInterval([7], 0.95)).toMatchObject({ low: 7, high: 7 });
  });

  test('its quantiles are interpolated linearly', () => {
    const sorted = Float64Array.of(0, 10, 30);
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share))).toEqual([
      0, 5, 10, 20, 30,
    ]);
  });
});
