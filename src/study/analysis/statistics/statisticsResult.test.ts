import { describe, expect, test } from 'vitest';
import {
  statisticsSchema,
  type UnadjustedDifference,
} from '../../../result/analysis/statistics.ts';
import { pairedTests } from '../../../stats/pairedTests.ts';
import { untestable } from '../../../stats/testOutcome.ts';
import { statisticsResult } from './statisticsResult.ts';

const SETTINGS = { level: 0.05, resamples: 2000, permutations: 4999 };
const TOO_FEW =
  'too few to test: 2 normal and 8 anomalous images, where a test takes at least 6 of each';

function side(method: 'patchcore' | 'padim', value: number, deviation: number | null) {
  const interval = {
    low: value - 0.05,
    high: value + 0.02,
    confidence: 0.95,
    method: 'bca',
  } as const;
  return {
    scenario: 'clean' as const,
    method,
    estimate: { value, n: deviation === null ? 1 : 3, deviation, interval },
    seeds: [{ seed: 1, value }],
    right: value - 0.05,
  };
}

function difference(
  category: string,
  pValue: number | null,
  changes: Partial<UnadjustedDifference> = {},
): UnadjustedDifference {
  const outcome = { statistic: 0.0312, pValue, reason: pValue === null ? TOO_FEW : null };
  return {
    category,
    metric: 'image_auroc',
    first: side('patchcore', 0.9812, 0.001),
    second: side('padim', 0.95, null),
    images: { normal: 20, anomalous: 44 },
    difference: {
      value: 0.0312,
      interval: { low: 0.004, high: 0.071, confidence: 0.95, method: 'mover' },
    },
    tests: {
      bootstrap: outcome,
      permutation: outcome,
      delong: { ...outcome, interval: null },
    },
    byImage: pairedTests([...Array<number>(50).fill(0), 1, 1, 1, 1, 1, 1, -1, 1], 0.05),
    effects: { cliffsDelta: 0.1, hedgesG: 0.2 },
    inFamily: true,
    pValue,
    reason: pValue === null ? TOO_FEW : null,
    ...changes,
  };
}

const judge = (differences: UnadjustedDifference[]) =>
  statisticsResult({ differences, macro: [], exchangeability: [], leftOut: [] }, SETTINGS);

describe('statisticsResult', () => {
  const result = judge([
    difference('bottle', 0.01),
    difference('nut', 0.03),
    difference('zipper', null),
    difference('carpet', 0.001, { inFamily: false }),
  ]);
  const [bottle, nut, zipper, carpet] = result.differences.data;

  test('meets its schema', () => {
    expect(statisticsSchema.parse(result)).toEqual(result);
  });

  test('adjusts for the family alone, and for those of it that could be tested', () => {
    expect(bottle).toMatchObject({ adjusted: 0.02, verdict: 'different' });
    expect(nut).toMatchObject({ adjusted: 0.03, verdict: 'different' });
    expect(zipper).toMatchObject({ adjusted: null, verdict: 'too few to test' });
    expect(carpet).toMatchObject({ adjusted: null, verdict: 'not in the family' });
    expect(result.family).toMatchObject({ tests: 3, different: 2, tooFew: 1 });
  });

  test('one test among many has to be clearer', () => {
    const many = judge([
      difference('bottle', 0.03),
      ...Array.from({ length: 5 }, (_, i) => difference(`other ${i}`, 0.5)),
    ]);
    expect(many.differences.data[0]).toMatchObject({
      adjusted: 0.18,
      verdict: 'no difference shown',
    });
  });

  test('tells each in words', () => {
    expect(bottle!.sentence).toBe(
      "bottle, AUROC: PatchCore on clean images 0.981 (mean of 3 seeds that spread by 0.001), PaDiM on clean images 0.950 (one seed); the difference is 0.031 (95% interval 0.004 to 0.071; 20 normal and 44 anomalous images). Swapping images between the two p 0.010, resampling images p 0.010, DeLong's test p 0.010; adjusted for 2 tests p 0.020: different at a level of 5%. Image by image the first is right on 93.1%, the second on 90%: Student's paired t (p 0.033) does not hold, since the differences are not normal (Shapiro and Wilk p < 0.001); Wilcoxon's signed ranks of the 8 of 58 images that differ have p 0.070.",
    );
    expect(zipper!.sentence).toContain(
      '. Too few to test: 2 normal and 8 anomalous images, where a test takes at least 6 of each. ',
    );
    expect(carpet!.sentence).toContain('; outside of the family that claims are made of.');
    expect(result.family.sentence).toBe(
      'Of 3 declared comparisons 2 show a difference at a level of 5% for all of them together (Holm); 1 had too few images to test.',
    );
    expect(result.differences.sentence).toContain(
      'bottle: AUROC of PatchCore on clean images less that of PaDiM on clean images 0.031 (95% interval 0.004 to 0.071)',
    );
  });

  test('says where a clear difference has an interval with 0 in it', () => {
    const interval = { low: -0.01, high: 0.08, confidence: 0.95, method: 'mover' } as const;
    const [own] = judge([difference('bottle', 0.001, { difference: { value: 0.03, interval } })])
      .differences.data;
    expect(own!.sentence).toContain(
      'different at a level of 5%, though the interval, wide near 1, holds 0.',
    );
  });

  test('claims nothing without a family', () => {
    const none = judge([difference('bottle', 0.001, { inFamily: false })]);
    expect(none.family.sentence).toBe(
      'No comparison is declared, so no difference is called real.',
    );
    expect(judge([]).macro.sentence).toBe('Nothing is compared.');
  });

  test('says what cannot be computed', () => {
    const [own] = judge([
      difference('nut', null, {
        images: { normal: 3, anomalous: 0 },
        difference: { value: null, interval: null },
        effects: { cliffsDelta: null, hedgesG: null },
      }),
    ]).differences.data;
    expect(own!.sentence).toBe(
      'nut: AUROC of PatchCore on clean images and of PaDiM on clean images is not computable: 3 normal and 0 anomalous test images.',
    );
  });

  test('tells where normal images score otherwise than before', () => {
    const exchanged = (scenario: 'clean' | 'shift-none', pValue: number | null) => ({
      category: 'nut',
      method: 'padim' as const,
      scenario,
      validation: 40,
      test: 20,
      ks: { statistic: 0.4, pValue, reason: null },
    });
    const { exchangeability } = statisticsResult(
      {
        differences: [],
        macro: [],
        exchangeability: [exchanged('clean', 0.4), exchanged('shift-none', 0.001)],
        leftOut: [],
      },
      SETTINGS,
    );
    expect(exchangeability.data.map(({ adjusted }) => adjusted)).toEqual([0.4, 0.002]);
    expect(exchangeability.sentence).toBe(
      'In 1 of 2 cases normal test images score otherwise than normal validation images (Kolmogorov and Smirnov, adjusted for all of them, at a level of 5%); there thresholds need not keep what they promise: nut, PaDiM under the shift.',
    );
    const few = { ...exchanged('clean', null), ks: untestable('too few to test: 1 and 2') };
    const untested = statisticsResult(
      { differences: [], macro: [], exchangeability: [few], leftOut: [] },
      SETTINGS,
    );
    expect(untested.exchangeability.sentence).toBe('Too few to test: 1 and 2.');
  });
});
