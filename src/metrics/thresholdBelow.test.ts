import { expect, test } from 'vitest';
import { thresholdBelow } from './thresholdBelow.ts';

test.each([
  [4, 2, 3],
  [-1, -3, -2],
  [1e308, -1e308, 0],
  // Neighbouring numbers: there is nothing between them.
  [1 + Number.EPSILON, 1, 1],
  [3, undefined, 3 - 3e-6],
  [0, undefined, -1e-6],
  [-2000, undefined, -2000.002],
])('below %d and not below %d lies %d', (lowestFlagged, nextLower, threshold) => {
  expect(thresholdBelow(lowestFlagged, nextLower)).toBe(threshold);
});
