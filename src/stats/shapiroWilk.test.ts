import { describe, expect, test } from 'vitest';
import { normalQuantile } from './normal.ts';
import { shapiroWilk } from './shapiroWilk.ts';

const range = (length: number, make: (i: number) => number) =>
  Array.from({ length }, (_, i) => make(i));

describe('shapiroWilk', () => {
  // python3 -c "from scipy.stats import shapiro; print([shapiro(x) for x in (...)])"; scipy 1.15,
  // since 1.10 computes in single precision. The fourth is Shapiro and Wilk's own example.
  test.each([
    [[1, 2, 4], 0.9642857142857142, 0.6368868450289689],
    [[1, 2, 3, 4.5], 0.9890028791707406, 0.9523055880151355],
    [[3, 1, 4, 1.5, 9, 2.6, 5], 0.8919945500033463, 0.2852301090276649],
    [
      [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236],
      0.7888146948631716,
      0.006703814061898823,
    ],
    [[0, 0, 0, 1, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0.5, 0], 0.7116811401242229, 0.0003322676387290392],
    [range(60, (i) => ((i * 37) % 101) / 10), 0.9554240820899939, 0.02821979152971294],
    [range(30, (i) => Math.exp(((i * 29) % 53) / 20)), 0.8855723316330701, 0.0037949668598681826],
    [range(200, (i) => normalQuantile((i + 0.5) / 200)), 0.9997679623203325, 1],
  ])('of %j agrees with scipy', (values, statistic, pValue) => {
    const found = shapiroWilk(values);
    // scipy's normal quantiles (AS 111) have seven digits.
    expect(found.statistic).toBeCloseTo(statistic, 7);
    expect(Math.abs(found.pValue! / pValue - 1)).toBeLessThan(1e-6);
  });

  test.each([
    [[1, 2], 'it takes three values to see a shape'],
    [[2, 2, 2, 2], 'all values are equal'],
    [range(5001, (i) => i), 'more than 5000 values'],
  ])('says why it cannot be made', (values, reason) => {
    expect(shapiroWilk(values)).toEqual({ statistic: null, pValue: null, reason });
  });
});
