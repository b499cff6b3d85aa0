import { expect, test } from 'vitest';
import { betaBinomialTail } from './betaBinomialTail.ts';

test.each([
  // scipy.stats.betabinom.sf(count - 1, n, a, b); of all 40: betabinom.pmf(40, ...)
  [2, 40, 2, 40, 0.4906235349273316],
  [6, 40, 2, 40, 0.05062012530366833],
  [40, 40, 2, 40, 1.9303902188763626e-22],
  [3, 10, 1, 10, 0.10526315789473695],
  [1, 1, 2, 39, 2 / 41],
])('P(X >= %d) of %d with Beta(%d, %d)', (count, n, a, b, tail) => {
  expect(betaBinomialTail(count, n, a, b) / tail).toBeCloseTo(1, 9);
});

test('ends at 1 and 0', () => {
  expect(betaBinomialTail(0, 5, 2, 3)).toBe(1);
  expect(betaBinomialTail(6, 5, 2, 3)).toBe(0);
  expect(betaBinomialTail(0, 0, 2, 3)).toBe(1);
});
