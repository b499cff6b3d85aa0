import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { leaveOneOut, resample } from './resample.ts';
import {
  certain,
  createSampling,
  difference,
  estimateOf,
  intervalOf,
  meanOf,
  ratio,
  type Sampled,
  sampleMetrics,
} from './sampled.ts';

const labels = [0, 0, 0, 1, 1] as const;

describe('resample', () => {
  test('draws as many normal and as many anomalous images as there are', () => {
    for (const weights of resample(labels, 50, createRandom(1))) {
      expect(weights[0]! + weights[1]! + weights[2]!).toBe(3);
      expect(weights[3]! + weights[4]!).toBe(2);
    }
  });

  test('depends on the seed alone', () => {
    expect(resample(labels, 5, createRandom(1))).toEqual(resample(labels, 5, createRandom(1)));
    expect(resample(labels, 5, createRandom(1))).not.toEqual(resample(labels, 5, createRandom(2)));
  });

  test('leaves every image out once', () => {
    expect(leaveOneOut(3).map((weights) => [...weights])).toEqual([
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
  });
});

const sampled = (value: number, replicates: number[], jackknife: number[] = []): Sampled => ({
  value,
  replicates: Float64Array.from(replicates),
  jackknife: Float64Array.from(jackknife),
});

describe('numbers that carry their replicates', () => {
  test('are combined replicate by replicate', () => {
    const a = sampled(3, [1, 2, 3]);
    const b = sampled(1, [1, 1, 5]);
    expect(difference(a, b)).toMatchObject({ value: 2, replicates: Float64Array.of(0, 1, -2) });
    expect(meanOf([a, b])).toMatchObject({ value: 2, replicates: Float64Array.of(1, 1.5, 4) });
    expect(ratio(a, b)).toMatchObject({ value: 3, replicates: Float64Array.of(1, 2, 0.6) });
  });

  test('a mean leaves out what is not computable; a ratio by zero is not', () => {
    expect(meanOf([certain(null), certain(2)]).value).toBe(2);
    expect(meanOf([certain(null)]).value).toBeNaN();
    expect(ratio(certain(1), certain(0)).value).toBeNaN();
  });
});

describe('intervals', () => {
  const sampling = createSampling([...labels], 200, 0.95, createRandom(3));

  test('are missing for numbers without replicates and for what is not computable', () => {
    expect(intervalOf(certain(0.5), sampling)).toBeNull();
    expect(intervalOf(sampled(Number.NaN, [1, 2]), sampling)).toBeNull();
  });

  test('are exact for proportions, and the bootstrap for others', () => {
    const half = sampled(0.5, [0.4, 0.6], [0.5]);
    expect(intervalOf(half, sampling, 'anomalous proportion')?.method).toBe('clopper-pearson');
    const high = sampled(0.97, [0.9, 1], [0.97]);
    expect(intervalOf(high, sampling)?.method).toBe('bca');
  });

  test('leave each class of images out on its own', () => {
    // Leaving a normal image out moves the value by up to 0.2, an anomalous one never; that their
    // means differ is no skewness.
    const jackknife = [0.2, 0.3, 0.4, 0.9, 0.9];
    const replicates = Array.from({ length: 200 }, (_, i) => i / 200);
    const found = intervalOf(sampled(0.4, replicates, jackknife), sampling);
    const symmetric = intervalOf(sampled(0.4, replicates, [0, 0, 0, 0, 0]), sampling);
    expect(found).toEqual(symmetric);
  });

  test('of what rests on a single image of a class are exact ones or none', () => {
    const labels = [0, 0, 0, 0, 1] as const;
    const one = createSampling([...labels], 200, 0.95, createRandom(3));
    const scores = [1, 2, 3, 4, 3.5];
    const rate = (weights: ArrayLike<number>, label: number) => {
      const own = scores.map((score, i) => ({ flagged: score > 2.5, weight: weights[i]!, i }));
      const mine = own.filter(({ i }) => labels[i] === label);
      const all = mine.reduce((sum, { weight }) => sum + weight, 0);
      const flagged = mine.reduce((sum, { weight, flagged: f }) => sum + (f ? weight : 0), 0);
      return all === 0 ? null : flagged / all;
    };
    const metrics = sampleMetrics(one, (weights) => ({
      recall: rate(weights, 1),
      specificity: 1 - rate(weights, 0)!,
      f1: 0.5,
      image_auroc: 0.75,
    }));
    expect(intervalOf(metrics.f1, one)).toBeNull();
    expect(intervalOf(metrics.recall, one)).toBeNull();
    expect(intervalOf(metrics.recall, one, 'anomalous proportion')).toMatchObject({ high: 1 });
    expect(intervalOf(metrics.image_auroc, one)).toBeNull();
    expect(intervalOf(metrics.specificity, one)?.method).toBe('bca');
    expect(metrics.f1.value).toBe(0.5);
    expect(intervalOf(difference(metrics.f1, metrics.f1), one)).toBeNull();
  });

  test('hold the value, which is that of all images', () => {
    const { mean } = sampleMetrics(sampling, (weights) => ({
      mean: weights.reduce((sum, weight, i) => sum + weight * i, 0) / 5,
    }));
    const estimate = estimateOf(mean, [2, 4], intervalOf(mean, sampling));
    expect(estimate).toMatchObject({ value: 2, n: 2, deviation: Math.SQRT2 });
    expect(estimate.interval!.low).toBeLessThan(2);
    expect(estimate.interval!.high).toBeGreaterThan(2);
  });
});
