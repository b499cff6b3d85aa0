import { describe, expect, test } from 'vitest';
import { conformalThreshold } from '../../calibration/conformalThreshold.ts';
import { createRandom } from '../../core/random.ts';
import { imageMetrics } from '../../metrics/imageMetrics.ts';
import { type LadderScores, type LampScores, ladderResult, ladderThreshold } from './ladder.ts';

const settings = {
  category: 'nut',
  seeds: [1],
  fpr: 0.05,
  bootstrap: 200,
  confidence: 0.95,
  seed: 42,
};
const NO_PIXELS = {
  values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
  counted: null,
};

describe('ladderThreshold', () => {
  const clean = Array.from({ length: 41 }, (_, i) => i + 1);
  const before = conformalThreshold(clean, 0.05).threshold;

  test('without pictures is the clean one', () => {
    expect(ladderThreshold([], clean, 0.05)).toBe(before);
  });

  test('below 20 pictures moves by the change of the median', () => {
    expect(ladderThreshold([31], clean, 0.05)).toBe(before + 10);
    expect(ladderThreshold([20, 22, 90], clean, 0.05)).toBe(before + 1);
  });

  test('from 20 on is conformal', () => {
    const pictures = Array.from({ length: 20 }, (_, i) => 100 + i);
    expect(ladderThreshold(pictures, clean, 0.05)).toBe(
      conformalThreshold(pictures, 0.05).threshold,
    );
    expect(ladderThreshold(pictures.slice(1), clean, 0.05)).toBe(before + 110 - 21);
  });
});

/** Under the lamp everything scores `offset` higher; appending takes that back. */
function scores(offset: number): LadderScores {
  const random = createRandom('ladder test');
  const normal = (mean: number, count: number) =>
    Array.from({ length: count }, () => mean + random.normal());
  const pool = normal(10, 12);
  const test = [...normal(10, 15), ...normal(14, 15)];
  const lamp = (number: number): LampScores => ({
    lamp: number,
    shift: null,
    pool: pool.map((score) => score + offset),
    test: test.map((score) => score + offset),
    pixel: NO_PIXELS,
    pictures: [1, 5],
    draws: Array.from({ length: 20 }, () => {
      const order = random.shuffle(pool.map((_, i) => i));
      const level = (count: number) => ({
        rows: 10 * count,
        test,
        chosen: order.slice(0, count).map((i) => pool[i]!),
      });
      return { order, appended: [level(1), level(5)] };
    }),
    appendedPixel: [NO_PIXELS, NO_PIXELS],
  });
  const images = test.map((_, i) => ({
    id: String(i),
    label: i < 15 ? ('normal' as const) : ('anomalous' as const),
    defectType: i < 15 ? 'good' : 'hole',
  }));
  return {
    cleanPool: pool,
    cleanTest: { images, scores: [test] },
    cleanPixel: NO_PIXELS,
    lamps: [lamp(0), lamp(1)],
  };
}

describe('ladderResult', () => {
  const name = { category: 'nut', method: 'patchcore', seed: 1 } as const;
  const found = ladderResult(name, scores(6), [1, 5, 40], settings);
  const rung = (pictures: number, strategy: string) =>
    found.rungs.find((own) => own.pictures === pictures && own.strategy === strategy)!;

  test('without pictures everything is flagged, and pictures repair that', () => {
    expect(found.none.specificity!.value).toBe(0);
    expect(rung(5, 'recalibrate').metrics.specificity!.value).toBeGreaterThan(0.8);
    expect(rung(5, 'append').metrics.specificity!.value).toBeGreaterThan(0.8);
    expect(rung(5, 'append').recovery.specificity!.value).toBeGreaterThan(0.8);
    const { image_auroc: recalibrated } = rung(5, 'recalibrate').metrics;
    expect(recalibrated!.value).toBeCloseTo(found.clean.image_auroc!.value!, 12);
  });

  test('more pictures vary less', () => {
    const width = (pictures: number) => {
      const { low, high } = rung(pictures, 'recalibrate').metrics.specificity!.interval!;
      return high - low;
    };
    expect(width(1)).toBeGreaterThan(width(5));
  });

  test('tells lamps apart, and what could not be drawn', () => {
    expect(found.lamps.map(({ lamp }) => lamp)).toEqual([0, 1]);
    expect(rung(5, 'append')).toMatchObject({ appendedRows: 50, draws: 20 });
    expect(rung(1, 'append').draws).toBeLessThanOrEqual(12);
    expect(found.leftOut).toEqual([
      { pictures: 40, reason: 'there are 12 normal validation images to draw from' },
    ]);
  });

  test('no pictures are the clean model under the lamp at its normal-only threshold, unmoved', () => {
    // Some of the normal images pass.
    const given = scores(1.5);
    const labels = given.cleanTest.images.map(({ label }) => (label === 'anomalous' ? 1 : 0));
    const [lamp] = given.lamps;
    const { threshold } = conformalThreshold(given.cleanPool, settings.fpr, 'maximum');
    const expected = imageMetrics(lamp!.test, labels, threshold);
    expect(expected.specificity).toBeGreaterThan(0);
    expect(expected.specificity).toBeLessThan(1);
    const { none, lamps } = ladderResult(name, given, [1, 5], settings);
    for (const found of [none, lamps[0]!.none]) {
      expect(found.image_auroc!.value).toBeCloseTo(expected.auroc!, 12);
      expect(found.image_average_precision!.value).toBeCloseTo(expected.average_precision!, 12);
      for (const metric of ['f1', 'specificity', 'recall', 'precision', 'mcc'] as const) {
        expect(found[metric]!.value).toBeCloseTo(expected[metric]!, 12);
      }
    }
  });

  test('a rung is the mean over its draws, each at the threshold that its pictures set', () => {
    const given = scores(1.5);
    const labels = given.cleanTest.images.map(({ label }) => (label === 'anomalous' ? 1 : 0));
    const [lamp] = given.lamps;
    const specificities = lamp!.draws.map(({ order }) => {
      const pictures = order.slice(0, 5).map((i) => lamp!.pool[i]!);
      const threshold = ladderThreshold(pictures, given.cleanPool, settings.fpr);
      return imageMetrics(lamp!.test, labels, threshold).specificity!;
    });
    const mean = specificities.reduce((sum, value) => sum + value, 0) / specificities.length;
    const [first] = ladderResult(name, given, [1, 5], settings).lamps;
    const rung = first!.rungs.find((own) => own.pictures === 5 && own.strategy === 'recalibrate');
    expect(rung!.metrics.specificity!.value).toBeCloseTo(mean, 12);
    expect(rung!.metrics.specificity!.n).toBe(20);
  });

  test('where the lamp changes nothing there is nothing to regain', () => {
    const same = ladderResult(name, scores(0), [1, 5], settings);
    for (const [metric, { value }] of Object.entries(same.clean)) {
      expect(same.none[metric]!.value).toBe(value);
    }
    expect(same.rungs[0]!.recovery.specificity).toMatchObject({ value: null });
  });
});
