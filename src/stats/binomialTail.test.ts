import { describe, expect, test } from 'vitest';
import { binomialTail } from './binomialTail.ts';

describe('binomialTail', () => {
  // python3 -c "from scipy.stats import binom; print([binom.sf(k - 1, n, p) for k, n, p in (...)])"
  test.each([
    [59, 59, 0.95, 0.04849452524942311],
    [58, 58, 0.95, 0.05104686868360328],
    [40, 41, 0.95, 0.3855364696953095],
    [3, 10, 0.3, 0.6172172136000003],
    [298, 299, 0.99, 0.19914575900797604],
    [1, 100, 0.001, 0.09520785288629095],
    [950, 1000, 0.95, 0.537529040801425],
  ])('P(at least %d of %d at %d) agrees with scipy', (k, n, probability, expected) => {
    expect(Math.abs(binomialTail(k, n, probability) / expected - 1)).toBeLessThan(1e-9);
  });

  test('is certain at none and impossible above all', () => {
    expect(binomialTail(0, 5, 0.3)).toBe(1);
    expect(binomialTail(-1, 5, 0.3)).toBe(1);
    expect(binomialTail(6, 5, 0.3)).toBe(0);
    expect(binomialTail(5, 5, 1)).toBe(1);
    expect(binomialTail(1, 5, 0)).toBe(0);
  });

  test('refuses counts that are not integers', () => {
    expect(() => binomialTail(1.5, 5, 0.3)).toThrow(/integers k and n/);
    expect(() => binomialTail(1, -1, 0.3)).toThrow(/integers k and n/);
  });
});
