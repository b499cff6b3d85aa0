import { describe, expect, test } from 'vitest';
import { fisherExact, type TwoByTwo } from './fisherExact.ts';

describe('fisherExact', () => {
  // python3 -c "from scipy.stats import fisher_exact; print([fisher_exact(table) for table in (...)])"
  test.each<[TwoByTwo, number, number]>([
    [
      [
        [8, 2],
        [1, 5],
      ],
      20,
      0.034965034965034975,
    ],
    [
      [
        [3, 17],
        [1, 43],
      ],
      7.588235294117647,
      0.08657078643197101,
    ],
    [
      [
        [0, 12],
        [5, 9],
      ],
      0,
      0.04247491638795986,
    ],
    [
      [
        [10, 10],
        [10, 10],
      ],
      1,
      1,
    ],
    [
      [
        [1, 9],
        [11, 3],
      ],
      0.030303030303030304,
      0.0027594561852200836,
    ],
    [
      [
        [120, 80],
        [90, 130],
      ],
      2.1666666666666665,
      0.00013303665397328636,
    ],
  ])('of %j agrees with scipy', (table, oddsRatio, pValue) => {
    const found = fisherExact(table);
    expect(found.statistic).toBeCloseTo(oddsRatio, 12);
    expect(Math.abs(found.pValue! / pValue - 1)).toBeLessThan(1e-10);
    expect(found.reason).toBeNull();
  });

  // As above: statistic inf.
  test.each<[TwoByTwo, number]>([
    [
      [
        [7, 0],
        [3, 4],
      ],
      0.06993006993006992,
    ],
    [
      [
        [2, 31],
        [0, 40],
      ],
      0.2009132420091324,
    ],
  ])('of %j, whose odds ratio is infinite, has a p-value alone', (table, pValue) => {
    const found = fisherExact(table);
    expect(found.statistic).toBeNull();
    expect(found.pValue).toBeCloseTo(pValue, 10);
  });

  test('is the same whichever group comes first', () => {
    const one = fisherExact([
      [3, 17],
      [1, 43],
    ]).pValue!;
    expect(
      fisherExact([
        [1, 43],
        [3, 17],
      ]).pValue,
    ).toBeCloseTo(one, 12);
  });

  test('says why it cannot be made', () => {
    expect(
      fisherExact([
        [0, 0],
        [3, 4],
      ]),
    ).toEqual({
      statistic: null,
      pValue: null,
      reason: 'one of the groups is empty',
    });
    expect(
      fisherExact([
        [0, 5],
        [0, 7],
      ]).reason,
    ).toBe('neither group has a case');
    expect(
      fisherExact([
        [5, 0],
        [7, 0],
      ]).reason,
    ).toBe('both groups have nothing but cases');
  });

  test('refuses what are no counts', () => {
    expect(() =>
      fisherExact([
        [1, 2],
        [-1, 4],
      ]),
    ).toThrow(/four whole numbers/);
    expect(() =>
      fisherExact([
        [1, 2],
        [1.5, 4],
      ]),
    ).toThrow(/four whole numbers/);
  });
});
