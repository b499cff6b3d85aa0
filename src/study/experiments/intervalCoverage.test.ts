/** How often intervals hold what they are of, over simulated test sets. */
import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../core/random.ts';
import type { Interval } from '../../result/estimate.ts';
import { normalQuantile } from '../../stats/normal.ts';
import { differenceInterval, metricInterval } from './metricInterval.ts';
import { rankScores, weightedRanking } from './rankedScores.ts';
import type { Labels, Weights } from './resample.ts';
import { createSampling, sampleMetrics } from './sampled.ts';
import { metricsOf, thresholdMetrics } from './weightedMetrics.ts';

/** As many test images as a category has. */
const NORMAL = 20;
const ANOMALOUS = 44;
const LABELS: Labels = Array.from({ length: NORMAL + ANOMALOUS }, (_, i) => (i < NORMAL ? 0 : 1));
const REPLICATES = 300;

/** Between the means of normal scores of unit variance with this AUROC. */
const distance = (auroc: number) => Math.SQRT2 * normalQuantile(auroc);

const sample = (random: Random) => createSampling(LABELS, REPLICATES, 0.95, random);

/** AUROC alone, which takes less time. */
function ranked(scores: readonly number[]) {
  const places = rankScores(scores);
  return (weights: Weights) => ({ image_auroc: weightedRanking(places, LABELS, weights).auroc });
}

const judged = (scores: readonly number[], threshold: number) =>
  metricsOf({ scores, chosen: threshold, normalOnly: threshold }, LABELS);

/** The share of trials whose interval holds the truth, by name, and the methods that made them. */
function coverage(
  name: string,
  trials: number,
  truth: Readonly<Record<string, number>>,
  intervals: (random: Random) => (metric: string) => Interval | null,
) {
  const random = createRandom(name);
  const methods = new Set<string>();
  const covered = Object.fromEntries(Object.keys(truth).map((metric) => [metric, 0]));
  let narrowest = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < trials; trial++) {
    const intervalOf = intervals(random);
    for (const [metric, value] of Object.entries(truth)) {
      const { low, high, method } = intervalOf(metric)!;
      narrowest = Math.min(narrowest, high - low);
      methods.add(method);
      if (low <= value && value <= high) covered[metric]! += 1 / trials;
    }
  }
  return { covered, methods, narrowest };
}

describe('the interval of AUROC', () => {
  const simulate = (auroc: number) =>
    coverage(`AUROC ${auroc}`, 800, { image_auroc: auroc }, (random) => {
      const scores = LABELS.map((label) => random.normal() + label * distance(auroc));
      const sampling = sample(random);
      const metrics = sampleMetrics(sampling, ranked(scores));
      return (metric) => metricInterval(metrics, metric, sampling);
    });

  test('holds 0.85 in 93 to 97% of test sets', () => {
    const { covered, methods } = simulate(0.85);
    expect(methods).toContain('bca');
    expect(covered.image_auroc).toBeGreaterThan(0.93);
    expect(covered.image_auroc).toBeLessThan(0.97);
  });

  // Newcombe's is conservative there.
  test.each([0.95, 0.99])('holds %d in 95% of test sets or more', (auroc) => {
    const { covered, methods, narrowest } = simulate(auroc);
    expect(methods).toContain('newcombe');
    expect(covered.image_auroc).toBeGreaterThanOrEqual(0.95);
    expect(narrowest).toBeGreaterThan(0.01);
  });
});

describe('the intervals of what a threshold yields', () => {
  test.each([
    [0.95, 0.98],
    [0.8, 0.7],
  ])('hold it, at specificity %d and recall %d', (specificity, recall) => {
    const { f1, precision, balanced_accuracy, mcc } = thresholdMetrics({
      tp: recall * ANOMALOUS,
      fn: (1 - recall) * ANOMALOUS,
      tn: specificity * NORMAL,
      fp: (1 - specificity) * NORMAL,
    });
    const truth = { f1, precision, balanced_accuracy, mcc, recall, specificity } as Record<
      string,
      number
    >;
    const { covered, methods, narrowest } = coverage('threshold', 400, truth, (random) => {
      const scores = LABELS.map((label) =>
        random.next() < (label === 1 ? recall : 1 - specificity) ? 1 : 0,
      );
      const sampling = sample(random);
      const metrics = sampleMetrics(sampling, judged(scores, 0.5));
      return (metric) => metricInterval(metrics, metric, sampling);
    });
    for (const [metric, share] of Object.entries(covered)) {
      // Three standard errors below 95%; bounds from counts hold more.
      expect(share, metric).toBeGreaterThan(0.917);
    }
    expect(methods).toContain(recall === 0.98 ? 'joint' : 'bca');
    expect(narrowest).toBeGreaterThan(0.01);
  });
});

describe('the interval of a difference of AUROCs on the same images', () => {
  test.each([
    [0.9, 0.85],
    [0.97, 0.95],
  ])('holds that of %d and %d in 94% of test sets or more', (first, second) => {
    const truth = { image_auroc: first - second };
    const { covered, methods } = coverage(`${first} less ${second}`, 400, truth, (random) => {
      const pairs = LABELS.map((label) => {
        const shared = random.normal();
        return [
          shared + label * distance(first),
          0.6 * shared + 0.8 * random.normal() + label * distance(second),
        ] as const;
      });
      const sampling = sample(random);
      const [a, b] = [0, 1].map((method) =>
        sampleMetrics(
          sampling,
          judged(
            pairs.map((pair) => pair[method]!),
            1,
          ),
        ),
      );
      return (metric) => differenceInterval(a!, b!, metric, sampling);
    });
    expect([...methods]).toEqual(['mover']);
    expect(covered.image_auroc).toBeGreaterThanOrEqual(0.94);
  });
});
