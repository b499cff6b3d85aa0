/**
 * Numbers that carry what they would be on other test images: their bootstrap replicates and
 * leave-one-out values. Means, differences and ratios of them carry the same, image for image, so
 * that what is computed on the same images stays paired.
 */

import type { Random } from '../../core/random.ts';
import type { Estimate, Interval } from '../../result/estimate.ts';
import { bcaInterval } from '../../stats/bcaInterval.ts';
import { clopperPearson } from '../../stats/clopperPearson.ts';
import { percentileInterval } from '../../stats/percentileInterval.ts';
import { everyImageOnce, type Labels, leaveOneOut, resample, type Weights } from './resample.ts';
import { isResampled } from './resampledMetrics.ts';

/** NaN stands for not computable, in `replicates` also where draws do not show how it varies. */
export interface Sampled {
  readonly value: number;
  readonly replicates: Float64Array;
  readonly jackknife: Float64Array;
}

/** The weightings that all numbers on the same test images share. */
export interface Sampling {
  readonly labels: Labels;
  readonly replicates: readonly Weights[];
  readonly jackknife: readonly Weights[];
  readonly confidence: number;
}

export function createSampling(
  labels: Labels,
  replicates: number,
  confidence: number,
  random: Random,
): Sampling {
  return {
    labels,
    replicates: resample(labels, replicates, random),
    jackknife: leaveOneOut(labels.length),
    confidence,
  };
}

/** Several metrics at once, by name. */
export type SampledMetrics<K extends string = string> = Readonly<Record<K, Sampled>>;

export function sampleMetrics<K extends string>(
  { labels, replicates, jackknife }: Sampling,
  metrics: (weights: Weights) => Readonly<Record<K, number | null>>,
): SampledMetrics<K> {
  const whole = metrics(everyImageOnce(labels.length));
  const names = Object.keys(whole) as K[];
  const columnsOf = (weightings: readonly Weights[]) => {
    const columns = names.map(() => new Float64Array(weightings.length));
    for (const [place, weights] of weightings.entries()) {
      const values = metrics(weights);
      for (let i = 0; i < names.length; i++) {
        columns[i]![place] = values[names[i]!] ?? Number.NaN;
      }
    }
    return columns;
  };
  const drawn = columnsOf(replicates);
  const left = columnsOf(jackknife);
  const sampled = names.map((name, i): [K, Sampled] => {
    if (!isResampled(name, labels)) drawn[i]!.fill(Number.NaN);
    return [name, { value: whole[name] ?? Number.NaN, replicates: drawn[i]!, jackknife: left[i]! }];
  });
  return Object.fromEntries(sampled) as SampledMetrics<K>;
}

/** A number known without its uncertainty. */
export const certain = (value: number | null): Sampled => ({
  value: value ?? Number.NaN,
  replicates: new Float64Array(),
  jackknife: new Float64Array(),
});

/** The mean of those that are computable. */
export const meanOf = (items: readonly Sampled[]): Sampled =>
  combine(items, (values) => {
    let sum = 0;
    let defined = 0;
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      sum += value;
      defined++;
    }
    return sum / defined;
  });

export const difference = (a: Sampled, b: Sampled): Sampled =>
  combine([a, b], ([first, second]) => first! - second!);

export const ratio = (a: Sampled, b: Sampled): Sampled =>
  combine([a, b], ([first, second]) => (second === 0 ? Number.NaN : first! / second!));

function combine(
  items: readonly Sampled[],
  formula: (values: readonly number[]) => number,
): Sampled {
  const own = items.map(({ value }) => value);
  const along = (pick: (item: Sampled) => Float64Array) => {
    const columns = items.map(pick);
    const length = Math.min(...columns.map((column) => column.length));
    const values = [...own];
    return Float64Array.from({ length }, (_, i) => {
      for (let k = 0; k < columns.length; k++) values[k] = columns[k]![i]!;
      return formula(values);
    });
  };
  return {
    value: formula(own),
    replicates: along(({ replicates }) => replicates),
    jackknife: along(({ jackknife }) => jackknife),
  };
}

export function byName<K extends string, T>(
  names: readonly K[],
  make: (name: K) => T,
): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, T>;
}

/** How an interval is best made: see `intervalOf`. */
export type IntervalKind = 'normal proportion' | 'anomalous proportion' | 'proportion' | 'other';

/**
 * Exact for proportions, bias-corrected and accelerated bootstrap otherwise, percentiles of the
 * replicates where some leave-one-out value is not known; null where fewer than half of the
 * replicates are computable.
 */
export function intervalOf(
  { value, replicates, jackknife }: Sampled,
  { labels, confidence }: Pick<Sampling, 'labels' | 'confidence'>,
  kind: IntervalKind = 'other',
): Interval | null {
  if (Number.isNaN(value) || replicates.length === 0) return null;
  const anomalous = labels.reduce<number>((sum, label) => sum + label, 0);
  const normal = labels.length - anomalous;
  const proportion = (images: number) => clopperPearson(value * images, images, confidence);
  if (kind === 'normal proportion') return proportion(normal);
  if (kind === 'anomalous proportion') return proportion(anomalous);
  if (kind === 'proportion') return proportion(labels.length);
  const finite = replicates.filter(Number.isFinite);
  if (finite.length < replicates.length / 2) return null;
  if (jackknife.length === 0 || !jackknife.every(Number.isFinite)) {
    return percentileInterval(finite, confidence);
  }
  // Normal and anomalous images are resampled apart.
  const groups = [0, 1].map((label) => jackknife.filter((_, image) => labels[image] === label));
  const left = groups.filter((group) => group.length > 0);
  return bcaInterval(value, finite, left, confidence);
}

/** @param values those it is the mean of */
export function estimateOf(
  { value }: Sampled,
  values: readonly (number | null)[],
  interval: Interval | null,
): Estimate {
  const defined = values.filter((own) => own !== null && Number.isFinite(own)) as number[];
  return {
    value: Number.isFinite(value) ? value : null,
    n: defined.length,
    deviation: deviationOf(defined),
    interval,
  };
}

/** The standard deviation (ddof 1); null for fewer than two. */
export function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
