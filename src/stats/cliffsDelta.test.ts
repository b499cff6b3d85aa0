import { expect, test } from 'vitest';
import { cliffsDelta } from './cliffsDelta.ts';

// python3 -c "from scipy.stats import mannwhitneyu
//   print(2 * mannwhitneyu([1, 2, 3, 4, 5], [2, 2, 6, .5]).statistic / 20 - 1)"
test('agrees with the Mann-Whitney statistic of scipy', () => {
  expect(cliffsDelta([1, 2, 3, 4, 5], [2, 2, 6, 0.5])).toBeCloseTo(0.2, 12);
});

test('is 1 and -1 for samples that do not overlap, and missing without samples', () => {
  expect(cliffsDelta([4, 5], [1, 2])).toBe(1);
  expect(cliffsDelta([1, 2], [4, 5])).toBe(-1);
  expect(cliffsDelta([], [1])).toBeNull();
});
