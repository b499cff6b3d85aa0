import { describe, expect, test } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

describe('normalCdf', () => {
  // scipy.stats.norm.cdf(z)
  test.each([
    [-37.5, 4.605353009581954e-308],
    [-8, 6.22096057427174e-16],
    [-3.6, 0.00015910859015753364],
    [-3.5, 0.00023262907903552502],
    [-1.96, 0.024997895148220435],
    [-0.5, 0.3085375387259869],
    [0, 0.5],
    [0.3, 0.6179114221889526],
    [1, 0.8413447460685429],
    [2.5, 0.9937903346742238],
    [6, 0.9999999990134123],
  ])('of %d', (z, expected) => {
    expect(Math.abs(normalCdf(z) / expected - 1)).toBeLessThan(1e-12);
  });

  test('has its limits', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  });
});

describe('normalQuantile', () => {
  // scipy.stats.norm.ppf(p)
  test.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798409],
    [1e-5, -4.264890793922825],
    [0.0005, -3.2905267314918945],
    [0.025, -1.9599639845400545],
    [0.31, -0.4958503473474533],
    [0.75, 0.6744897501960817],
    [0.975, 1.959963984540054],
    [0.9999999, 5.199337582290661],
  ])('of %d', (p, expected) => {
    expect(Math.abs(normalQuantile(p) / expected - 1)).toBeLessThan(1e-9);
  });

  test('of a half, and of 0 and 1', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  });
});
