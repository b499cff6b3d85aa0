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
import type { NormalOnlyMetric, RankingMetric, ThresholdMetric } from '../../result/metricNames.ts';
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

/** Values at one threshold, by name. */
export function thresholdMetrics(counts: Confusion): Record<ThresholdMetric, number | null> {
  return {
    f1: f1(counts),
    accuracy: accuracy(counts),
    precision: precision(counts),
    recall: recall(counts),
    specificity: specificity(counts),
    balanced_accuracy: balancedAccuracy(counts),
    mcc: mcc(counts),
  };
}

export function weightedConfusion(
  scores: readonly number[],
  labels: Labels,
  weights: Weights,
  threshold: number,
): Confusion {
  let tp = 0;
  let fp = 0;
  let tn = 0;
  let fn = 0;
  for (let image = 0; image < scores.length; image++) {
    const weight = weights[image]!;
    const flagged = scores[image]! > threshold;
    if (labels[image] === 1) {
      if (flagged) tp += weight;
      else fn += weight;
    } else if (flagged) fp += weight;
    else tn += weight;
  }
  return { tp, fp, tn, fn };
}

/** @returns a function, because the order of the scores is the same for every weighting */
export function metricsOf(run: Run, labels: Labels): (weights: Weights) => ImageMetricValues {
  const ranked: RankedScores = rankScores(run.scores);
  return (weights) => {
    const { auroc, averagePrecision } = weightedRanking(ranked, labels, weights);
    const at = (threshold: number) =>
      thresholdMetrics(weightedConfusion(run.scores, labels, weights, threshold));
    const atNormalOnly = at(run.normalOnly);
    // Written out: this is computed for thousands of weightings.
    return {
      image_auroc: finite(auroc),
      image_average_precision: finite(averagePrecision),
      ...at(run.chosen),
      normal_only_f1: atNormalOnly.f1,
      normal_only_accuracy: atNormalOnly.accuracy,
      normal_only_precision: atNormalOnly.precision,
      normal_only_recall: atNormalOnly.recall,
      normal_only_specificity: atNormalOnly.specificity,
      normal_only_balanced_accuracy: atNormalOnly.balanced_accuracy,
      normal_only_mcc: atNormalOnly.mcc,
    };
  };
}

/** Of all test images, each once. */
export function plainMetrics(run: Run, labels: Labels): ImageMetricValues {
  return metricsOf(run, labels)(everyImageOnce(labels.length));
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
