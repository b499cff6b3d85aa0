import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import type { Method } from '../../../result/scenario.ts';
import { scenarioResult } from '../../experiments/scenario.ts';
import type { ComparedScenario } from './compareScenarios.ts';
import { macroDifference } from './macroDifference.ts';
import { macroSentence } from './statisticsSentences.ts';

const PIXELS = {
  values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
  counted: null,
};
const COMPARISON = {
  metric: 'image_auroc',
  first: { scenario: 'clean', method: 'patchcore' },
  second: { scenario: 'clean', method: 'padim' },
} as const;

function scenario(
  category: string,
  method: Method,
  higher: number,
  anomalous = 25,
): ComparedScenario {
  const random = createRandom(`${category} ${method}`);
  const images = Array.from({ length: 20 + anomalous }, (_, i) => ({
    id: String(i),
    label: i < 20 ? ('normal' as const) : ('anomalous' as const),
    defectType: 'x',
  }));
  const scores = [images.map(({ label }) => random.normal() + (label === 'normal' ? 0 : higher))];
  return scenarioResult(
    { category, method, scenario: 'clean' },
    { validation: { images, scores }, test: { images, scores }, pixel: [PIXELS] },
    undefined,
    { category, seeds: [1], fpr: 0.05, bootstrap: 400, confidence: 0.95, seed: 1 },
    { pixelImages: 0, withoutMask: anomalous },
  );
}

const pair = (category: string, first: number, second: number) => ({
  first: scenario(category, 'patchcore', first),
  second: scenario(category, 'padim', second),
});

const THREE = [pair('nut', 1.6, 0.6), pair('carpet', 1.5, 0.7), pair('zipper', 1.4, 0.5)];

describe('macroDifference', () => {
  const found = macroDifference(COMPARISON, THREE, 0.05);

  test('is the mean of the categories’ differences, with images resampled within them', () => {
    const each = THREE.map(
      ({ first, second }) =>
        first.result.metrics.image_auroc!.value! - second.result.metrics.image_auroc!.value!,
    );
    expect(found.difference.value).toBeCloseTo((each[0]! + each[1]! + each[2]!) / 3, 12);
    expect(found.first.estimate.value! - found.second.estimate.value!).toBeCloseTo(
      found.difference.value!,
      12,
    );
    expect(found.difference.interval!.low).toBeGreaterThan(0);
    expect(found.bootstrap.pValue).toBeLessThan(0.05);
  });

  test('says that three categories are too few to speak of others', () => {
    expect(found.byCategory).toMatchObject({ pairs: 3, pValue: null });
    expect(macroSentence(found, 0.05)).toContain(
      'images resampled within nut, carpet, zipper; p 0.010). Whether other categories would differ cannot be said: 3 categories are too few to test: a signed test of fewer than 6 cannot reach a level of 5%.',
    );
  });

  test('tests categories as pairs where there are enough', () => {
    const many = Array.from({ length: 8 }, (_, i) => pair(`category ${i}`, 1.5, 0.6));
    const over = macroDifference(COMPARISON, many, 0.05);
    expect(over.byCategory.pairs).toBe(8);
    expect(over.byCategory.pValue).toBeLessThan(0.05);
    expect(macroSentence(over, 0.05)).toMatch(/Over categories (Student|Wilcoxon)/);
  });

  test('leaves out categories without anomalous images, and says where there is no other', () => {
    const empty = {
      first: scenario('empty', 'patchcore', 1, 0),
      second: scenario('empty', 'padim', 1, 0),
    };
    expect(macroDifference(COMPARISON, [...THREE, empty], 0.05).difference.n).toBe(3);
    const none = macroDifference(COMPARISON, [empty], 0.05);
    expect(none.difference.value).toBeNull();
    expect(none.bootstrap.pValue).toBeNull();
    expect(macroSentence(none, 0.05)).toBe(
      'AUROC of PatchCore on clean images and of PaDiM on clean images is computable in no category.',
    );
  });
});
