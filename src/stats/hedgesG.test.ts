import { expect, test } from 'vitest';
import { hedgesG } from './hedgesG.ts';

// python3: J = gamma(df / 2) / ((df / 2) ** 0.5 * gamma((df - 1) / 2)); J * np.mean(d) / np.std(d, ddof=1)
test.each([
  [[0.3, -0.1, 0.7, 0.2, 0.25, -0.4, 0.9], 0.5190721382285769],
  [[1, 2, 4], 0.8618138243044018],
])('of %j agrees with scipy and numpy', (differences, expected) => {
  expect(hedgesG(differences)).toBeCloseTo(expected, 12);
});

test('is missing for too few pairs and without spread', () => {
  expect(hedgesG([1, 2])).toBeNull();
  expect(hedgesG([0.5, 0.5, 0.5])).toBeNull();
});
