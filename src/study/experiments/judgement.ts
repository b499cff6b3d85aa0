/** What the runs of a scenario (one a seed) are worth on the test images. */
import type { Estimates } from '../../result/estimate.ts';
import type { PixelMetric } from '../../result/metricNames.ts';
import { metricInterval } from './metricInterval.ts';
import { type PixelRun, type PixelValues, samplePixels } from './pixelRun.ts';
import {
  byName,
  estimateOf,
  meanOf,
  type SampledMetrics,
  type Sampling,
  sampleMetrics,
} from './sampled.ts';
import {
  type ImageMetric,
  type ImageMetricValues,
  metricsOf,
  plainMetrics,
  type Run,
} from './weightedMetrics.ts';

export interface JudgedRun extends Run {
  readonly pixel: PixelRun;
}

export interface Judgement {
  /** Mean over runs, by metric. */
  readonly sampled: SampledMetrics<ImageMetric | PixelMetric>;
  /** For each run. */
  readonly values: readonly (ImageMetricValues & PixelValues)[];
}

export function judge(runs: readonly JudgedRun[], sampling: Sampling): Judgement {
  const { labels } = sampling;
  const perRun = runs.map((run) => ({
    ...sampleMetrics(sampling, metricsOf(run, labels)),
    ...samplePixels(run.pixel, sampling),
  }));
  const names = Object.keys(perRun[0]!) as (ImageMetric | PixelMetric)[];
  return {
    sampled: byName(names, (name) => meanOf(perRun.map((metrics) => metrics[name]))),
    values: runs.map((run) => ({ ...plainMetrics(run, labels), ...run.pixel.values })),
  };
}

export function estimates({ sampled, values }: Judgement, sampling: Sampling): Estimates {
  const names = Object.keys(sampled) as (keyof typeof sampled)[];
  return byName(names, (name) =>
    estimateOf(
      sampled[name],
      values.map((run) => run[name]),
      metricInterval(sampled, name, sampling),
    ),
  );
}
