import { expect, test } from 'vitest';
import { correlation } from './correlation.ts';

// python3 -c "from scipy.stats import pearsonr; print(pearsonr(x, y)[0])"
test.each([
  [[1, 2, 3, 4], [2, 1, 4, 3.5], 0.7032108464077431],
  [[0.1, 0.5, -0.3], [10, 2, 30], -0.9707253433941511],
  [[1e6, 1e6 + 1, 1e6 + 2], [3, 5, 4], 0.5],
])('of %j and %j agrees with scipy', (first, second, expected) => {
  expect(correlation(first, second)).toBeCloseTo(expected, 9);
});

test('is missing where one does not vary, or for a single pair', () => {
  expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(correlation([0.1 + 0.2, 0.3], [1, 2])).toBeNull();
  expect(correlation([1], [2])).toBeNull();
});
