import { describe, expect, test } from 'vitest';
import { studentTBound, studentTTails } from './studentT.ts';

describe('studentTTails', () => {
  // python3 -c "from scipy.stats import t; print([2 * t.sf(abs(x), df) for x, df in (...)])"
  test.each([
    [0.5, 3, 0.651447964848151],
    [2.1, 14, 0.05433314597490483],
    [-4.7, 2, 0.04241031794939436],
    [12.5, 60, 2.3704248757506887e-18],
    [0, 5, 1],
    [3.3, 1, 0.18731554186375862],
  ])('beyond %d with %d degrees of freedom agrees with scipy', (t, df, expected) => {
    expect(Math.abs(studentTTails(t, df) / expected - 1)).toBeLessThan(1e-10);
  });
});

describe('studentTBound', () => {
  // python3 -c "from scipy.stats import t; print([t.ppf((1 + c) / 2, df) for c, df in (...)])"
  test.each([
    [0.95, 1, 12.706204736432095],
    [0.95, 14, 2.1447866879169273],
    [0.99, 5, 4.032142983557536],
    [0.9, 200, 1.652508100910269],
  ])(
    'at confidence %d with %d degrees of freedom agrees with scipy',
    (confidence, df, expected) => {
      expect(Math.abs(studentTBound(confidence, df) / expected - 1)).toBeLessThan(1e-9);
    },
  );
});
