/** The mean over categories, each counting alike. */
import type { Estimate, Estimates, Interval } from '../../result/estimate.ts';
import { bcaInterval } from '../../stats/bcaInterval.ts';
import { moverInterval } from '../../stats/moverInterval.ts';
import { percentileInterval } from '../../stats/percentileInterval.ts';
import type { Labels } from './resample.ts';
import { deviationOf, meanOf, type Sampled } from './sampled.ts';

/** What was measured on one category. */
export interface CategoryEstimates {
  readonly metrics: Estimates;
  /** On other draws of its test images; null where those were not kept. */
  readonly samples: {
    readonly labels: Labels;
    readonly metrics: Readonly<Record<string, Sampled>>;
  } | null;
}

/** The interval is over test images within these very categories: others may differ. */
export function macroAverage(categories: readonly CategoryEstimates[]): Estimates {
  const names = Object.keys(categories[0]?.metrics ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      macroEstimate(
        categories.map(({ metrics, samples }) => ({
          estimate: metrics[name]!,
          sampled: samples?.metrics[name] ?? null,
          labels: samples?.labels ?? [],
        })),
      ),
    ]),
  );
}

/** One number of one category. */
export interface CategoryEstimate {
  readonly estimate: Estimate;
  readonly sampled: Sampled | null;
  readonly labels: Labels;
}

/** Over the categories where it is computable. */
export function macroEstimate(categories: readonly CategoryEstimate[]): Estimate {
  const known = categories.filter(({ estimate }) => estimate.value !== null);
  const values = known.map(({ estimate }) => estimate.value!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    value: values.length === 0 ? null : mean,
    n: values.length,
    deviation: deviationOf(values),
    interval: macroInterval(known),
  };
}

/**
 * Images resampled in every category on its own. Where the bootstrap would be blind in one of them
 * that category has an interval of another kind, and theirs are joined instead.
 */
function macroInterval(known: readonly CategoryEstimate[]): Interval | null {
  const intervals = known.flatMap(({ estimate }) => estimate.interval ?? []);
  if (known.length === 0 || intervals.length < known.length) return null;
  const resampled = intervals.every(({ method }) => method === 'bca' || method === 'percentile');
  const sampled = known.flatMap(({ sampled: own }) => own ?? []);
  const { confidence } = intervals[0]!;
  const found =
    resampled && sampled.length === known.length ? resampleAll(known, sampled, confidence) : null;
  return (
    found ??
    moverInterval(
      known.map(({ estimate }, i) => ({
        weight: 1 / known.length,
        value: estimate.value!,
        interval: intervals[i]!,
      })),
    )
  );
}

function resampleAll(
  known: readonly CategoryEstimate[],
  sampled: readonly Sampled[],
  confidence: number,
): Interval | null {
  const { value, replicates } = meanOf(sampled.map((own) => ({ ...own, jackknife: NONE })));
  const finite = replicates.filter(Number.isFinite);
  // An image left out moves its own category's part of the mean.
  const groups = known.flatMap(({ labels }, category) => {
    const own = sampled[category]!;
    const moved = own.jackknife.map((left) => value + (left - own.value) / known.length);
    return [0, 1].map((label) => moved.filter((_, image) => labels[image] === label));
  });
  const left = groups.filter(({ length }) => length > 0);
  const whole = left.length > 0 && left.every((group) => group.every(Number.isFinite));
  return whole
    ? bcaInterval(value, finite, left, confidence)
    : percentileInterval(finite, confidence);
}

const NONE = new Float64Array();
