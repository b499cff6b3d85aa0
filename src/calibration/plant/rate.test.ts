import { describe, expect, test } from 'vitest';
import { certainRate, countedRate, promisedRate } from './rate.ts';

test('a counted rate has an exact interval', () => {
  const { value, counted, interval } = countedRate(2, 40, 0.95);
  expect(value).toBe(0.05);
  expect(counted).toEqual({ count: 2, total: 40 });
  // scipy.stats.beta.ppf([0.025, 0.975], [2, 3], [39, 38])
  expect(interval!.low).toBeCloseTo(0.006113646599350838, 9);
  expect(interval!.high).toBeCloseTo(0.16919686395941763, 9);
});

describe('a promised rate', () => {
  test('is distributed by the rank of its threshold', () => {
    const { value, interval } = promisedRate({ n: 41, k: 40 }, 0.9);
    expect(value).toBeCloseTo(2 / 42, 12);
    // scipy.stats.beta.ppf([0.05, 0.95], 2, 40)
    expect(interval!.low).toBeCloseTo(0.008736717389512752, 9);
    expect(interval!.high).toBeCloseTo(0.11055312897984333, 9);
    expect(interval!.method).toBe('conformal');
  });
});

test('a certain rate has no interval', () => {
  expect(certainRate(1)).toEqual({ value: 1, counted: null, interval: null });
});
