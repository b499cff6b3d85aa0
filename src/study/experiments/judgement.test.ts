import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { imageMetrics } from '../../metrics/imageMetrics.ts';
import { estimates, judge } from './judgement.ts';
import { createSampling } from './sampled.ts';

const LABELS = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1] as const;
const RUNS = [
  [1, 2, 3, 4, 5, 9, 3.5, 6, 7, 8, 10, 11],
  [2, 1, 4, 3, 9, 5, 6, 3.5, 8, 7, 11, 10].map((score) => 10 * score),
];
const PIXELS = [0.9, null].map((pro) => ({
  values: { pixel_auroc: 0.5, pixel_average_precision: null, pro },
  counted: null,
}));
const THRESHOLDS = [5.5, 75];

const sampling = createSampling([...LABELS], 300, 0.95, createRandom('judgement'));
const judged = judge(
  RUNS.map((scores, run) => ({
    scores,
    chosen: THRESHOLDS[run]!,
    normalOnly: scores[4]!,
    pixel: PIXELS[run]!,
  })),
  sampling,
);
const expected = RUNS.map((scores, run) => imageMetrics(scores, [...LABELS], THRESHOLDS[run]!));

describe('judge', () => {
  test('has the metrics of every run, at its own thresholds', () => {
    for (const [run, { auroc, f1, recall, mcc }] of expected.entries()) {
      expect(judged.values[run]).toMatchObject({ image_auroc: auroc, f1, recall, mcc });
      expect(judged.values[run]).toMatchObject(PIXELS[run]!.values);
      const normalOnly = imageMetrics(RUNS[run]!, [...LABELS], RUNS[run]![4]!);
      expect(judged.values[run]!.normal_only_f1).toBe(normalOnly.f1);
    }
  });

  test('and their mean over runs, on all images and on every draw of them', () => {
    const mean = (expected[0]!.f1! + expected[1]!.f1!) / 2;
    expect(judged.sampled.f1.value).toBeCloseTo(mean, 12);
    expect(judged.sampled.f1.replicates).toHaveLength(300);
    expect(judged.sampled.f1.jackknife).toHaveLength(LABELS.length);
    const average = judged.sampled.f1.replicates.reduce((sum, value) => sum + value, 0) / 300;
    expect(Math.abs(average - mean)).toBeLessThan(0.05);
  });
});

describe('estimates', () => {
  const found = estimates(judged, sampling);

  test('tell mean, number of runs and their deviation', () => {
    const [first, second] = expected.map(({ f1 }) => f1!);
    expect(found.f1).toMatchObject({ n: 2 });
    expect(found.f1!.value).toBeCloseTo((first! + second!) / 2, 12);
    // Of two values the deviation (ddof 1) is their difference over the root of two.
    expect(found.f1!.deviation).toBeCloseTo(Math.abs(first! - second!) / Math.SQRT2, 12);
  });

  test('leave out the runs where there is no value', () => {
    expect(found.pro).toMatchObject({ value: 0.9, n: 1, deviation: null });
    expect(found.pixel_average_precision).toMatchObject({ value: null, n: 0, interval: null });
  });

  test('have intervals that hold the value', () => {
    for (const name of ['image_auroc', 'f1', 'specificity', 'recall', 'accuracy'] as const) {
      const { value, interval } = found[name]!;
      expect(interval!.low, name).toBeLessThan(value!);
      expect(interval!.high, name).toBeGreaterThan(value!);
    }
  });
});
