/** Pixel metrics of a run, and what they would be on other draws of the test images. */
import type { PixelCounts } from '../../metrics/pixelCounts.ts';
import { weightedPixelMetrics } from '../../metrics/weightedPixelMetrics.ts';
import { PIXEL_METRICS, type PixelMetric } from '../../result/metricNames.ts';
import type { Weights } from './resample.ts';
import {
  byName,
  certain,
  type Sampled,
  type SampledMetrics,
  type Sampling,
  sampleMetrics,
} from './sampled.ts';

export type PixelValues = Readonly<Record<PixelMetric, number | null>>;

/** The pixels of the test images whose truth is known. */
export interface CountedPixels {
  readonly counts: PixelCounts;
  /** For each image of the counts, its place among the test images. */
  readonly places: readonly number[];
  /** The false positive rate up to which PRO integrates. */
  readonly proLimit: number;
}

export interface PixelRun {
  /** Exact. */
  readonly values: PixelValues;
  /** Null where no defective pixel is known, or where nothing was counted. */
  readonly counted: CountedPixels | null;
}

/** Of one image there is nothing to learn about other images. */
const FEWEST_DEFECTIVE = 2;
/** Metrics that vary less between draws do not vary: what is left is rounding. */
const NO_SPREAD = 1e-9;

/**
 * The values are the exact ones. Draws are computed from counts, which is off by no more than
 * 1e-3; all draws of a metric are moved by as much as its value from counts misses the exact one,
 * and kept within [0, 1]. Images whose truth is unknown have no part in any draw.
 * @returns without draws where they would not differ: fewer than two images with known defects,
 * constant maps, perfect maps
 */
export function samplePixels(
  { values, counted }: PixelRun,
  sampling: Sampling,
): SampledMetrics<PixelMetric> {
  if (counted === null || counted.counts.defective.length < FEWEST_DEFECTIVE) {
    return byName(PIXEL_METRICS, (name) => certain(values[name]));
  }
  const { counts, places, proLimit } = counted;
  const measure = weightedPixelMetrics(counts, proLimit);
  const own = new Uint16Array(places.length);
  const sampled = sampleMetrics(sampling, (weights: Weights) => {
    for (let image = 0; image < own.length; image++) own[image] = weights[places[image]!]!;
    const { auroc, average_precision, pro } = measure(own);
    return { pixel_auroc: auroc, pixel_average_precision: average_precision, pro };
  });
  return byName(PIXEL_METRICS, (name) => anchor(sampled[name], values[name]));
}

function anchor(fromCounts: Sampled, exact: number | null): Sampled {
  const offset = (exact ?? Number.NaN) - fromCounts.value;
  const moved = (values: Float64Array) =>
    values.map((value) => Math.min(1, Math.max(0, value + offset)));
  const replicates = moved(fromCounts.replicates);
  const finite = replicates.filter(Number.isFinite);
  const [lowest, highest] = finite.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity] as const,
  );
  if (!(highest - lowest > NO_SPREAD)) return certain(exact);
  return { value: exact!, replicates, jackknife: moved(fromCounts.jackknife) };
}
