import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { rankPermutationTest } from './rankPermutationTest.ts';

const LABELS = [0, 0, 0, 0, 1, 1, 1, 1, 1] as const;
const FIRST = [
  [0.3, 0.2, 0.6, 0.4, 0.5, 0.9, 0.8, 0.35, 0.7],
  [0.3, 0.1, 0.5, 0.4, 0.45, 0.9, 0.7, 0.3, 0.8],
];
const SECOND = [
  [30, 25, 61, 44, 28, 70, 35, 41, 66],
  [35, 20, 45, 60, 30, 70, 50, 42, 55],
];
const tested = (
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  permutations = 1000,
) => rankPermutationTest(first, second, LABELS, permutations, createRandom(5));

describe('rankPermutationTest', () => {
  // Written in Python from the definition: for every swap in itertools.product([0, 1], repeat=9),
  // with ranks from scipy.stats.rankdata, the mean over paired runs of
  // auroc(np.where(swap, b, a)) - auroc(np.where(swap, a, b)), each by comparing all pairs of images;
  // p = the share whose size is at least that of the observed one.
  test.each([
    ['one run each', FIRST.slice(0, 1), SECOND.slice(0, 1), 0.2, 0.171875],
    ['two runs each', FIRST, SECOND, 0.1875, 0.21875],
    ['one run against two', FIRST.slice(0, 1), SECOND, 0.2, 0.1875],
  ])(
    'of %s over all swaps agrees with an independent program',
    (_, first, second, difference, pValue) => {
      const found = tested(first, second);
      expect(found.statistic).toBeCloseTo(difference, 12);
      expect(found.pValue).toBeCloseTo(pValue, 12);
    },
  );

  test('depends on ranks alone, whatever the scale of the scores', () => {
    const scaled = [SECOND[0]!.map((score) => Math.exp(score / 10))];
    expect(tested(FIRST.slice(0, 1), scaled)).toEqual(
      tested(FIRST.slice(0, 1), SECOND.slice(0, 1)),
    );
  });

  test('draws swaps where there are too many, near the share of all', () => {
    const found = tested(FIRST, SECOND, 400);
    // Three standard deviations of a share of 400 draws.
    expect(Math.abs(found.pValue! - 0.21875)).toBeLessThan(3 * Math.sqrt((0.22 * 0.78) / 400));
    expect(tested(FIRST, SECOND, 400)).toEqual(found);
  });

  test('says why it cannot be made', () => {
    expect(tested(FIRST.slice(0, 1), FIRST.slice(0, 1)).reason).toBe(
      'no image is ranked differently',
    );
    expect(rankPermutationTest([[1, 2]], [[2, 1]], [1, 1], 10, createRandom(1))).toEqual({
      statistic: null,
      pValue: null,
      reason: 'normal or anomalous images are missing',
    });
  });
});
