/** Every image metric of one run, for any weighting of the test images. */
import {
  accuracy,
  balancedAccuracy,
  type Confusion,
  f1,
  mcc,
  precision,
  recall,
  specificity,
} from '../../metrics/confusion.ts';
import {
  type NormalOnlyMetric,
  normalOnly,
  type RankingMetric,
  THRESHOLD_METRICS,
  type ThresholdMetric,
} from '../../result/metricNames.ts';
import { type RankedScores, rankScores, weightedRanking } from './rankedScores.ts';
import { everyImageOnce, type Labels, type Weights } from './resample.ts';

/** What a model said of the test images, and the thresholds it is judged with. */
export interface Run {
  /** One for each test image. */
  readonly scores: readonly number[];
  readonly chosen: number;
  readonly normalOnly: number;
}

export type ImageMetric = RankingMetric | ThresholdMetric | NormalOnlyMetric;
export type ImageMetricValues = Readonly<Record<ImageMetric, number | null>>;

const FORMULAS: Readonly<Record<ThresholdMetric, (counts: Confusion) => number | null>> = {
  f1,
  accuracy,
  precision,
  recall,
  specificity,
  balanced_accuracy: balancedAccuracy,
  mcc,
};

/** Values at one threshold, by name. */
export function thresholdMetrics(counts: Confusion): Record<ThresholdMetric, number | null> {
  const values = THRESHOLD_METRICS.map((name) => [name, FORMULAS[name](counts)] as const);
  return Object.fromEntries(values) as Record<ThresholdMetric, number | null>;
}

export function weightedConfusion(
  scores: readonly number[],
  labels: Labels,
  weights: Weights,
  threshold: number,
): Confusion {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (let image = 0; image < scores.length; image++) {
    const flagged = scores[image]! > threshold;
    const outcome = labels[image] === 1 ? (flagged ? 'tp' : 'fn') : flagged ? 'fp' : 'tn';
    counts[outcome] += weights[image]!;
  }
  return counts;
}

/** @returns a function, because the order of the scores is the same for every weighting */
export function metricsOf(run: Run, labels: Labels): (weights: Weights) => ImageMetricValues {
  const ranked: RankedScores = rankScores(run.scores);
  return (weights) => {
    const { auroc, averagePrecision } = weightedRanking(ranked, labels, weights);
    const at = (threshold: number) =>
      thresholdMetrics(weightedConfusion(run.scores, labels, weights, threshold));
    const atNormalOnly = at(run.normalOnly);
    return {
      image_auroc: finite(auroc),
      image_average_precision: finite(averagePrecision),
      ...at(run.chosen),
      ...(Object.fromEntries(
        THRESHOLD_METRICS.map((name) => [normalOnly(name), atNormalOnly[name]]),
      ) as Record<NormalOnlyMetric, number | null>),
    };
  };
}

/** Of all test images, each once. */
export function plainMetrics(run: Run, labels: Labels): ImageMetricValues {
  return metricsOf(run, labels)(everyImageOnce(labels.length));
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
