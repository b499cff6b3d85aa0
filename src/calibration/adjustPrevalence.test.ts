import { expect, test } from 'vitest';
import { adjustPrevalence } from './adjustPrevalence.ts';

test('multiplies the odds by the ratio of the prior odds', () => {
  // a = 0.7 * 0.002 / 0.3; a / (a + 0.3 * 0.998 / 0.7)
  expect(adjustPrevalence(0.7, 0.3, 0.002)).toBeCloseTo(0.01079295154185022, 15);
  expect(adjustPrevalence(0.3, 0.3, 0.002)).toBeCloseTo(0.002, 15);
});

test('leaves certainty alone, and comes back', () => {
  expect(adjustPrevalence(0, 0.3, 0.002)).toBe(0);
  expect(adjustPrevalence(1, 0.3, 0.002)).toBe(1);
  expect(adjustPrevalence(adjustPrevalence(0.42, 0.3, 0.01), 0.01, 0.3)).toBeCloseTo(0.42, 14);
});
