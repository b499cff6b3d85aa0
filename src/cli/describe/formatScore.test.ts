import { expect, it } from 'vitest';
import { formatScore } from './formatScore.ts';

it.each([
  [21.3456, 21.34, '21.35'],
  [3, 21.34, '3.00'],
  [1.23456, 1.5, '1.235'],
  [0.00123456, 0.0015, '0.001235'],
  [123456.7, 150000, '123457'],
  [-2.5, -3, '-2.500'],
  [5, 0, '5.000'],
  [1, 1e-30, '1.0000000000'],
])('shows %s beside the threshold %s as %s', (score, threshold, expected) => {
  expect(formatScore(score, threshold)).toBe(expected);
});
