import { expect, test } from 'vitest';
import { latencyOf } from './latencyOf.ts';

test('latencyOf interpolates between images', () => {
  const times = [31, 12, 14, 11, 90, 13, 12.5];
  // numpy.percentile([31, 12, 14, 11, 90, 13, 12.5], [50, 95, 99])
  const found = latencyOf(times);
  expect(found).toMatchObject({ n: 7, p50: 13, slowest: 90 });
  expect(found.p95).toBeCloseTo(72.3, 9);
  expect(found.p99).toBeCloseTo(86.46, 9);
  expect(found.mean).toBeCloseTo(26.214285714285715, 12);
});

test('latencyOf takes a single image as it is', () => {
  expect(latencyOf([8])).toEqual({ n: 1, mean: 8, p50: 8, p95: 8, p99: 8, slowest: 8 });
});
