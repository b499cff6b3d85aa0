import { describe, expect, test } from 'vitest';
import { imageMetrics } from '../../metrics/imageMetrics.ts';
import type { ScenarioScores } from './scenario.ts';
import { scenarioResult } from './scenario.ts';

const settings = {
  category: 'nut',
  seeds: [1, 2],
  fpr: 0.05,
  bootstrap: 200,
  confidence: 0.95,
  seed: 42,
};
const name = { category: 'nut', method: 'patchcore', scenario: 'clean' } as const;
const masks = { pixelImages: 4, withoutMask: 1 };
const NO_PIXELS = {
  values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
  counted: null,
};

function images(normal: number, anomalous: number) {
  return [
    ...Array.from({ length: normal }, (_, i) => ({
      id: `good/${i}`,
      label: 'normal' as const,
      defectType: 'good',
    })),
    ...Array.from({ length: anomalous }, (_, i) => ({
      id: `hole/${i}`,
      label: 'anomalous' as const,
      defectType: 'hole',
    })),
  ];
}

/** Two seeds; the second scores everything a hundred times as high. */
function scores(validation: number[], test: number[], normals: [number, number]): ScenarioScores {
  const part = (own: number[], normal: number) => ({
    images: images(normal, own.length - normal),
    scores: [own, own.map((score) => 100 * score)],
  });
  return {
    validation: part(validation, normals[0]),
    test: part(test, normals[1]),
    pixel: [NO_PIXELS, NO_PIXELS],
  };
}

const CLEAN = scores([1, 2, 3, 6, 7], [1, 2.5, 4, 5, 3, 6, 8, 9], [3, 4]);
const SHIFTED = scores([1, 2, 3, 6, 7], [5, 6, 7, 8, 5.5, 7, 8.5, 9], [3, 4]);
const REPAIRED = scores([5, 6, 8, 7.5, 9], [5, 6, 7, 6.5, 6.2, 7.5, 8.5, 9], [3, 4]);

const resultOf = (...told: Parameters<typeof scenarioResult>) => scenarioResult(...told).result;

/** Every test image four times: as many as can show a loss. */
const fourfold = (own: ScenarioScores): ScenarioScores => {
  const repeat = <T>(items: readonly T[]) => items.flatMap((item) => [item, item, item, item]);
  const { images: tested, scores: each } = own.test;
  return { ...own, test: { images: repeat(tested), scores: each.map(repeat) } };
};

describe('scenarioResult', () => {
  const clean = resultOf(name, CLEAN, undefined, settings, masks);

  test('judges every seed at the F1-optimal threshold of its validation images', () => {
    const labels = [0, 0, 0, 0, 1, 1, 1, 1];
    for (const [run, factor] of [1, 100].entries()) {
      const { thresholds, metrics, confusion } = clean.runs[run]!;
      expect(thresholds.chosen).toMatchObject({ rule: 'f1-optimal', f1: 1, prevalence: 0.4 });
      expect(thresholds.chosen.threshold).toBeCloseTo(4.5 * factor, 9);
      expect(thresholds.normalOnly).toMatchObject({ rule: 'maximum', threshold: 3 * factor, n: 3 });
      const expected = imageMetrics(CLEAN.test.scores[run]!, labels, 4.5 * factor);
      expect(metrics).toMatchObject({
        image_auroc: expected.auroc,
        image_average_precision: expected.average_precision,
        f1: expected.f1,
        specificity: expected.specificity,
        balanced_accuracy: expected.balanced_accuracy,
        mcc: expected.mcc,
      });
      expect(confusion).toEqual(expected.confusion);
    }
    expect(clean.metrics.f1).toMatchObject({ value: 0.75, n: 2, deviation: 0 });
    expect(clean.counts).toEqual({
      validation: { normal: 3, anomalous: 2 },
      test: { normal: 4, anomalous: 4 },
      ...masks,
    });
  });

  test('says what flagging everything would reach', () => {
    expect(clean.baselines.flagEverything.f1).toBeCloseTo(2 / 3, 12);
    expect(clean.baselines.flagEverything.specificity).toBe(0);
    expect(clean.baselines.flagNothing).toMatchObject({ recall: 0, specificity: 1, f1: 0 });
  });

  test('says why a metric is missing', () => {
    expect(clean.metrics.pro?.value).toBeNull();
    expect(clean.notComputable.pro).toBe('normal or defective pixels are missing');
    expect(clean.change).toBeNull();
    expect(clean.recovery).toBeNull();
  });

  test('measures the change from clean on the same images', () => {
    const none = fourfold({ ...SHIFTED, validation: CLEAN.validation });
    const found = resultOf(
      { ...name, scenario: 'shift-none' },
      none,
      { clean: fourfold(CLEAN) },
      settings,
      masks,
    );
    expect(found.metrics.specificity!.value).toBe(0);
    expect(found.change!.specificity!.value).toBe(-0.75);
    expect(found.change!.specificity!.interval!.high).toBeLessThan(0);
    expect(found.change!.image_auroc!.value).toBeCloseTo(
      found.metrics.image_auroc!.value! - clean.metrics.image_auroc!.value!,
      12,
    );
    expect(found.recovery).toBeNull();
  });

  test('measures what an adaptation regains, where there was something to regain', () => {
    const none = fourfold({ ...SHIFTED, validation: CLEAN.validation });
    const found = resultOf(
      { ...name, scenario: 'shift-full' },
      fourfold(REPAIRED),
      { clean: fourfold(CLEAN), none },
      settings,
      masks,
    );
    // Of 0.75 lost in specificity all but what is missing now is regained.
    const regained = found.metrics.specificity!.value! / 0.75;
    expect(found.recovery!.specificity!.value).toBeCloseTo(regained, 12);
    expect(found.recovery!.recall).toMatchObject({ value: null });
    expect(found.recovery!.recall!.reason).toMatch(/no more than chance/);
  });

  test('takes a loss on four images for what chance may do', () => {
    const none = { ...SHIFTED, validation: CLEAN.validation };
    const found = resultOf(
      { ...name, scenario: 'shift-full' },
      REPAIRED,
      { clean: CLEAN, none },
      settings,
      masks,
    );
    expect(found.recovery!.specificity!.reason).toMatch(/no more than chance/);
  });

  test('works without anomalous validation images, and without anomalies at all', () => {
    const withoutAnomalies = resultOf(
      name,
      scores([1, 2, 3], [1, 2, 4, 5], [3, 4]),
      undefined,
      settings,
      masks,
    );
    const { chosen, normalOnly } = withoutAnomalies.runs[0]!.thresholds;
    expect(chosen).toEqual(normalOnly);
    expect(withoutAnomalies.metrics.image_auroc!.value).toBeNull();
    expect(withoutAnomalies.notComputable.image_auroc).toBe('no anomalous test images');
    expect(withoutAnomalies.metrics.specificity!.value).toBe(0.5);
  });
});
