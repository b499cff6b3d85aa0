import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import type { Comparison } from '../../../result/analysis/statistics.ts';
import type { Method } from '../../../result/scenario.ts';
import { scenarioResult } from '../../experiments/scenario.ts';
import { type ComparedScenario, compareScenarios } from './compareScenarios.ts';

const PIXELS = {
  values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
  counted: null,
};
const SETTINGS = { category: 'nut', fpr: 0.05, bootstrap: 400, confidence: 0.95, seed: 1 };

const images = (normal: number, anomalous: number) =>
  Array.from({ length: normal + anomalous }, (_, i) => ({
    id: String(i),
    label: i < normal ? ('normal' as const) : ('anomalous' as const),
    defectType: i < normal ? 'good' : 'hole',
  }));

/** Scores of one or more seeds; validated on ten normal and ten anomalous images, cut at 0. */
function scenario(
  method: Method,
  [normal, anomalous]: readonly [number, number],
  runs: readonly (readonly number[])[],
): ComparedScenario {
  const validated = [...Array<number>(10).fill(-1), ...Array<number>(10).fill(1)];
  return scenarioResult(
    { category: 'nut', method, scenario: 'clean' },
    {
      validation: { images: images(10, 10), scores: runs.map(() => validated) },
      test: { images: images(normal, anomalous), scores: runs },
      pixel: runs.map(() => PIXELS),
    },
    undefined,
    { ...SETTINGS, seeds: runs.map((_, run) => run) },
    { pixelImages: 0, withoutMask: anomalous },
  );
}

const COUNTS = [20, 30] as const;
const random = createRandom('scenarios');
const drawn = (distance: number, counts = COUNTS as readonly [number, number]) =>
  images(...counts).map(
    ({ label }) => random.normal() + (label === 'anomalous' ? distance : -distance),
  );

const GOOD = scenario('patchcore', COUNTS, [drawn(1.2), drawn(1.2)]);
const POOR = scenario('padim', COUNTS, [drawn(0.2), drawn(0.2), drawn(0.2)]);
const PERFECT = scenario('patchcore', COUNTS, [images(...COUNTS).map((_, i) => i - 19.5)]);

const between = (metric: Comparison['metric']): Comparison => ({
  metric,
  first: { scenario: 'clean', method: 'patchcore' },
  second: { scenario: 'clean', method: 'padim' },
});
const compared = (
  first: ComparedScenario,
  second: ComparedScenario,
  metric: Comparison['metric'] = 'image_auroc',
) =>
  compareScenarios(between(metric), first, second, true, {
    level: 0.05,
    permutations: 999,
    random: createRandom(3),
  });

describe('compareScenarios', () => {
  test.each(['image_auroc', 'balanced_accuracy'] as const)(
    'tells two methods apart in %s',
    (metric) => {
      const found = compared(GOOD, POOR, metric);
      const { first, second, difference, tests } = found;
      const value = first.estimate.value! - second.estimate.value!;
      expect(difference.value).toBeCloseTo(value, 12);
      expect(difference.interval!.low).toBeGreaterThan(0);
      // All of them are of the same difference: the mean over seeds.
      expect(tests.bootstrap.statistic).toBeCloseTo(value, 12);
      expect(tests.permutation.statistic).toBeCloseTo(value, 12);
      expect(found.pValue).toBe(Math.max(tests.bootstrap.pValue!, tests.permutation.pValue!));
      expect(found.pValue).toBeLessThan(0.02);
      expect(found.effects.hedgesG).toBeGreaterThan(0.3);
      expect(found.effects.cliffsDelta).toBeGreaterThan(0.2);
      expect(found).toMatchObject({ reason: null, images: { normal: 20, anomalous: 30 } });
    },
  );

  test('shows seeds and their spread apart', () => {
    const { first, second } = compared(GOOD, POOR);
    expect(first.seeds.map(({ seed }) => seed)).toEqual([0, 1]);
    expect(second.seeds).toHaveLength(3);
    expect(first.estimate.deviation).toBeGreaterThan(0);
    expect(first.estimate.n).toBe(2);
  });

  test('is the other way round when turned', () => {
    const forth = compared(GOOD, POOR);
    const back = compared(POOR, GOOD);
    expect(back.difference.value).toBeCloseTo(-forth.difference.value!, 12);
    expect(back.tests.delong.pValue).toBeCloseTo(forth.tests.delong.pValue!, 12);
    expect(back.tests.delong.statistic).toBeCloseTo(-forth.tests.delong.statistic!, 12);
    expect(back.effects.cliffsDelta).toBeCloseTo(-forth.effects.cliffsDelta!, 12);
  });

  test('checks what the paired t test over images takes for granted', () => {
    const { byImage, first, second } = compared(GOOD, POOR);
    expect(byImage.pairs).toBe(50);
    expect(byImage.t.mean).toBeCloseTo(first.right - second.right, 12);
    // Shares of seeds are not normally distributed.
    expect(byImage.normal).toBe(false);
    expect(byImage.pValue).toBe(byImage.signedRank.pValue);
  });

  test('finds no difference between a method and itself', () => {
    const found = compared(POOR, POOR);
    expect(found).toMatchObject({ pValue: 1, reason: null });
    expect(found.difference.value).toBe(0);
    expect(found.difference.interval!.high).toBeGreaterThan(0);
    expect(found.tests.permutation.reason).toBe('no image is ranked differently');
    expect(found.tests.delong.reason).toBe('no image is placed differently');
    expect(found.byImage.reason).toBe('no pair differs');
  });

  test('finds none between two perfect methods, and says how far they may be apart', () => {
    const found = compared(PERFECT, { ...PERFECT });
    expect(found.pValue).toBe(1);
    const { low, high } = found.difference.interval!;
    expect(high - low).toBeGreaterThan(0.05);
  });

  test('leaves DeLong’s test to AUROC', () => {
    expect(compared(GOOD, POOR, 'balanced_accuracy').tests.delong).toMatchObject({
      pValue: null,
      reason: "DeLong's test is of AUROC",
    });
  });

  test.each([
    [
      [2, 8],
      'too few to test: 2 normal and 8 anomalous images, where a test takes at least 6 of each',
    ],
    [
      [12, 0],
      'too few to test: 12 normal and 0 anomalous images, where a test takes at least 6 of each',
    ],
  ] as const)('of %j images says that they are too few', (counts, reason) => {
    const found = compared(
      scenario('patchcore', counts, [drawn(1, counts)]),
      scenario('padim', counts, [drawn(1, counts)]),
    );
    expect(found).toMatchObject({ pValue: null, reason });
    expect(found.tests.permutation).toEqual({ statistic: null, pValue: null, reason });
    expect(found.difference.value === null).toBe(counts[1] === 0);
  });

  test('finds no difference between equal scores', () => {
    const equal = scenario('patchcore', COUNTS, [Array<number>(50).fill(1)]);
    const found = compared(equal, scenario('padim', COUNTS, [Array<number>(50).fill(1)]));
    expect(found).toMatchObject({ pValue: 1, difference: { value: 0 } });
    expect(found.effects.hedgesG).toBeNull();
  });
});
