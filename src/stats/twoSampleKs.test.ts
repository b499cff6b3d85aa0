import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { twoSampleKs } from './twoSampleKs.ts';

const range = (length: number, make: (i: number) => number) =>
  Array.from({ length }, (_, i) => make(i));

describe('twoSampleKs', () => {
  // python3 -c "from scipy.stats import ks_2samp; print([ks_2samp(x, y) for x, y in (...)])"
  test.each([
    [[1, 2, 3, 4], [2.5, 3.5, 6], 0.5, 0.6571428571428571],
    [[1, 2, 3], [4, 5, 6, 7, 8], 1, 0.03571428571428571],
    [[1, 2, 2, 3], [2, 2, 5, 6, 7], 0.6, 0.2857142857142857],
    [[1, 2, 3], [1, 2, 3], 0, 1],
    [
      range(41, (i) => 0.1 * i),
      range(20, (i) => 0.13 * i + 0.8),
      0.1951219512195122,
      0.584413970723351,
    ],
    [
      range(60, (i) => (i * i) % 101),
      range(45, (i) => (i ** 3 % 103) + 20),
      0.2833333333333333,
      0.026762795117647273,
    ],
  ])('of %j and %j agrees with scipy', (first, second, statistic, pValue) => {
    const found = twoSampleKs(first, second);
    expect(found.statistic).toBeCloseTo(statistic, 12);
    expect(found.pValue).toBeCloseTo(pValue, 10);
    expect(twoSampleKs(second, first)).toEqual(found);
  });

  // python3 -c "from scipy.special import kolmogorov; print(kolmogorov(d * (n / 2) ** 0.5))"
  test('of large samples takes the limit', () => {
    const found = twoSampleKs(
      range(20_000, (i) => i),
      range(20_000, (i) => i + 272),
    );
    expect(found.statistic).toBeCloseTo(0.0136, 12);
    expect(found.pValue).toBeCloseTo(0.049485876755377876, 10);
  });

  test('says why it cannot be made', () => {
    expect(twoSampleKs([], [1])).toEqual({
      statistic: null,
      pValue: null,
      reason: 'one of the samples is empty',
    });
  });
});

describeWithShared('the reference results', () => {
  test('of the Kolmogorov-Smirnov test are met', () => {
    const { a, b, ks } = referenceJson<Record<'a' | 'b' | 'ks', number[]>>('statistics.json');
    const found = twoSampleKs(a, b);
    expect(found.statistic).toBeCloseTo(ks[0]!, 12);
    expect(found.pValue).toBeCloseTo(ks[1]!, 10);
  });
});
