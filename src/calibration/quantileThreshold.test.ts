import { expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { quantileThreshold } from './quantileThreshold.ts';

test('is the quantile of numpy', () => {
  // numpy.quantile([3, 1, 2, 10, 4.5], 0.95) and of the other list at 0.9
  expect(quantileThreshold([3, 1, 2, 10, 4.5], 0.05)).toBeCloseTo(8.899999999999999, 12);
  const scores = [12.1, 13.4, 13.4, 14.0, 14.2, 15.1, 15.3, 15.9, 16.2, 17.5];
  expect(quantileThreshold(scores, 0.1)).toBeCloseTo(16.33, 12);
  expect(quantileThreshold([7], 0.05)).toBe(7);
});

test('lets more pass above it than the rate it is named after', () => {
  const random = createRandom('quantile');
  const draw = (n: number) => Array.from({ length: n }, () => random.normal());
  const trials = 4000;
  let above = 0;
  for (let i = 0; i < trials; i++) if (draw(1)[0]! > quantileThreshold(draw(20), 0.05)) above++;
  // The quantile lies at 0.95 x 19 = 18.05 of 20 ordered scores, above which 1.95 / 21 are expected.
  expect(above / trials).toBeGreaterThan(0.07);
  expect(above / trials).toBeLessThan(0.11);
});

test('refuses no scores, and scores that are not finite', () => {
  expect(() => quantileThreshold([], 0.05)).toThrow(/at least one score.*none/s);
  expect(() => quantileThreshold([1, Number.NaN], 0.05)).toThrow(/NaN/);
});
