import { describe, expect, test } from 'vitest';
import { betaQuantile } from './betaQuantile.ts';

describe('betaQuantile', () => {
  // python3 -c "from scipy.stats import beta; print([beta.ppf(p, a, b) for p, a, b in (...)])"
  test.each([
    [0.95, 2, 40, 0.11055312897984333],
    [0.95, 1, 19, 0.14586850331224344],
    [0.95, 1, 1, 0.95],
    [0.95, 1, 12, 0.22092219194555582],
    [0.95, 15, 285, 0.07223160844107893],
    [0.05, 3, 7, 0.09774681343927574],
    [0.5, 1, 5000, 0.00013861982749572817],
    [0.975, 0.5, 0.5, 0.9984586668665639],
    [0.95, 100, 1900, 0.05826195253808949],
    [1e-6, 2, 40, 3.493737855820569e-5],
  ])('at probability %d of Beta(%d, %d) agrees with scipy', (probability, a, b, expected) => {
    expect(Math.abs(betaQuantile(probability, a, b) / expected - 1)).toBeLessThan(1e-9);
  });

  test('reaches from 0 to 1', () => {
    expect(betaQuantile(0, 2, 3)).toBe(0);
    expect(betaQuantile(1, 2, 3)).toBe(1);
  });

  test('refuses what is no probability', () => {
    expect(() => betaQuantile(1.5, 2, 3)).toThrow(/0 <= probability <= 1/);
    expect(() => betaQuantile(Number.NaN, 2, 3)).toThrow(/0 <= probability <= 1/);
  });
});
