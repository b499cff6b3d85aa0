import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { Interval } from '../../result/estimate.ts';
import { averagePrecisionAt } from '../../stats/averagePrecisionAt.ts';
import { clopperPearson } from '../../stats/clopperPearson.ts';
import { newcombeInterval } from '../../stats/newcombeInterval.ts';
import { differenceInterval, drawnInterval, metricInterval } from './metricInterval.ts';
import type { Labels } from './resample.ts';
import { byName, createSampling, meanOf, type Sampled, sampleMetrics } from './sampled.ts';
import { type ImageMetric, metricsOf } from './weightedMetrics.ts';

const NORMAL = 12;
const ANOMALOUS = 20;
const LABELS: Labels = Array.from({ length: NORMAL + ANOMALOUS }, (_, i) => (i < NORMAL ? 0 : 1));
const SAMPLING = createSampling(LABELS, 400, 0.95, createRandom(4));

type Metrics = Record<ImageMetric, Sampled>;

/** The mean over runs of these scores. */
function judged(runs: readonly (readonly number[])[], threshold: number): Metrics {
  const each = runs.map((scores) =>
    sampleMetrics(
      SAMPLING,
      metricsOf({ scores, chosen: threshold, normalOnly: threshold }, LABELS),
    ),
  );
  const names = Object.keys(each[0]!) as ImageMetric[];
  return byName(names, (name) => meanOf(each.map((metrics) => metrics[name])));
}

const scores = (normal: readonly number[], anomalous: readonly number[]) => [
  ...Array.from({ length: NORMAL }, (_, i) => normal[i % normal.length]!),
  ...Array.from({ length: ANOMALOUS }, (_, i) => anomalous[i % anomalous.length]!),
];

const PERFECT = judged([scores([1, 2], [3, 4])], 2.5);
const EQUAL = judged([scores([1], [1])], 2);
const FLAGS_ALL = judged([scores([1, 2, 3, 4], [3, 4, 2, 5])], 0);
const MIDDLING = judged([scores([1, 2, 3, 4], [3, 4, 2, 5])], 2.5);

const EVERY = Object.keys(PERFECT) as ImageMetric[];

describe('metricInterval', () => {
  test.each([
    ['a perfect method', PERFECT],
    ['equal scores', EQUAL],
    ['a threshold below all scores', FLAGS_ALL],
    ['a middling method', MIDDLING],
  ])('of %s has a width for every metric, and holds the value', (_, metrics) => {
    for (const name of EVERY) {
      const { value } = metrics[name];
      const found = metricInterval(metrics, name, SAMPLING);
      if (Number.isNaN(value)) {
        expect(found, name).toBeNull();
        continue;
      }
      expect(found!.high - found!.low, name).toBeGreaterThan(0.01);
      expect(found!.low, name).toBeLessThanOrEqual(value);
      expect(found!.high, name).toBeGreaterThanOrEqual(value);
      expect(found!.confidence).toBe(0.95);
    }
  });

  test('of a perfect method follows from the numbers of images', () => {
    const found = (name: ImageMetric) => metricInterval(PERFECT, name, SAMPLING)!;
    const auroc = newcombeInterval(1, NORMAL, ANOMALOUS, 0.95);
    expect(found('image_auroc')).toEqual(auroc);
    const { low, high } = found('image_average_precision');
    expect(low).toBeCloseTo(averagePrecisionAt(auroc.low, ANOMALOUS / LABELS.length), 12);
    expect(high).toBe(1);
    expect(found('recall')).toEqual(clopperPearson(ANOMALOUS, ANOMALOUS, 0.95));
    // Exact bounds at 97.5% each: 1 - 0.0125^(1/n).
    const recall = 0.0125 ** (1 / ANOMALOUS);
    const specificity = 0.0125 ** (1 / NORMAL);
    expect(found('balanced_accuracy').low).toBeCloseTo((recall + specificity) / 2, 9);
    const [tp, fp] = [recall * ANOMALOUS, (1 - specificity) * NORMAL];
    expect(found('f1').low).toBeCloseTo((2 * tp) / (tp + fp + ANOMALOUS), 9);
    expect(found('normal_only_f1')).toEqual(found('f1'));
    expect(found('precision').low).toBeCloseTo(tp / (tp + fp), 9);
    for (const name of ['f1', 'precision', 'balanced_accuracy', 'mcc'] as const) {
      expect(found(name)).toMatchObject({ high: 1, method: 'joint' });
    }
  });

  test('resamples where no end is near', () => {
    const methods = Object.fromEntries(
      EVERY.map((name) => [name, metricInterval(MIDDLING, name, SAMPLING)!.method]),
    );
    expect(methods).toMatchObject({
      image_auroc: 'bca',
      image_average_precision: 'bca',
      f1: 'bca',
      mcc: 'bca',
      precision: 'bca',
      recall: 'clopper-pearson',
      accuracy: 'clopper-pearson',
    });
  });

  test('takes less than one image in the mean over seeds for none', () => {
    // One of two seeds misses one image: 19.5 of 20 are found.
    const anomalous = Array.from({ length: ANOMALOUS }, (_, i) => (i === 0 ? 2.2 : 3));
    const almost = judged([scores([1, 2.7], [3]), scores([1, 2.7], anomalous)], 2.5);
    expect(almost.recall.value).toBeCloseTo(0.975, 12);
    expect(metricInterval(almost, 'f1', SAMPLING)!.method).toBe('joint');
    const two = judged([scores([1, 2.7], anomalous), scores([1, 2.7], anomalous)], 2.5);
    expect(metricInterval(two, 'f1', SAMPLING)!.method).toBe('bca');
  });

  test('takes the draws’ percentiles where it is told to, but at an end', () => {
    const draws = byName(EVERY, (name) => ({ ...MIDDLING[name], jackknife: new Float64Array() }));
    expect(drawnInterval(draws, 'recall', SAMPLING)!.method).toBe('percentile');
    expect(drawnInterval(PERFECT, 'recall', SAMPLING)!.method).toBe('clopper-pearson');
  });

  test('is missing without replicates, and where recall is not measured', () => {
    const certain = { ...MIDDLING.f1, replicates: new Float64Array() };
    expect(metricInterval({ pro: certain }, 'pro', SAMPLING)).toBeNull();
    expect(metricInterval({ f1: PERFECT.f1 }, 'f1', SAMPLING)).toBeNull();
  });

  test('of AUROC with few images of a class is Newcombe’s', () => {
    const few = createSampling([0, 0, 1, 1, 1, 1, 1, 1], 200, 0.95, createRandom(1));
    const run = { scores: [1, 4, 2, 3, 5, 6, 7, 8], chosen: 3.5, normalOnly: 3.5 };
    const metrics = sampleMetrics(few, metricsOf(run, few.labels));
    expect(metricInterval(metrics, 'image_auroc', few)).toEqual(
      newcombeInterval(metrics.image_auroc.value, 2, 6, 0.95),
    );
  });
});

describe('differenceInterval', () => {
  const around = (interval: Interval | null, value: number) => {
    expect(interval!.low).toBeLessThan(value);
    expect(interval!.high).toBeGreaterThan(value);
  };

  test('of two perfect methods is as wide as what either may lack', () => {
    const { low } = newcombeInterval(1, NORMAL, ANOMALOUS, 0.95);
    const found = differenceInterval(PERFECT, PERFECT, 'image_auroc', SAMPLING)!;
    expect(found).toMatchObject({ method: 'mover', confidence: 0.95 });
    expect(found.low).toBeCloseTo(low - 1, 12);
    expect(found.high).toBeCloseTo(1 - low, 12);
    around(differenceInterval(PERFECT, PERFECT, 'f1', SAMPLING), 0);
  });

  test('of the same scores at one threshold is not a point', () => {
    for (const name of EVERY) around(differenceInterval(MIDDLING, MIDDLING, name, SAMPLING), 0);
  });

  test('is the paired bootstrap of what a threshold yields where no end is near', () => {
    const moved = judged([scores([1, 2, 3, 4], [3, 4, 2, 5])], 3.5);
    const found = differenceInterval(MIDDLING, moved, 'balanced_accuracy', SAMPLING)!;
    expect(found.method).toBe('bca');
    around(found, MIDDLING.balanced_accuracy.value - moved.balanced_accuracy.value);
  });

  test('is missing where one is not computable', () => {
    expect(differenceInterval(PERFECT, EQUAL, 'precision', SAMPLING)).toBeNull();
  });
});
