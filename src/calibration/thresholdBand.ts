/**
 * Where a threshold may lie: the one at hand was taken from a few images, and others of the same
 * kind would have given another.
 */
import type { Random } from '../core/random.ts';
import { f1Optimal } from '../metrics/f1Optimal.ts';
import { binomialTail } from '../stats/binomialTail.ts';
import { erlangQuantile } from '../stats/erlangQuantile.ts';
import { percentileInterval } from '../stats/percentileInterval.ts';
import type { Calibration, CalibrationScore } from './calibration.ts';
import type { ConformalThreshold } from './conformalThreshold.ts';

export interface ThresholdBand {
  readonly low: number;
  readonly high: number;
}

/** What either end is beyond with this probability at most: the band holds 90%. */
const TAIL = 0.05;
const RESAMPLES = 500;

/**
 * For a threshold from normal scores, the confidence interval of the quantile that it estimates,
 * k / (n + 1), from order statistics, whatever the scores' distribution (David and Nagaraja, "Order
 * Statistics", 2003, section 7.1). Where no score is high enough to be its upper end, which at a
 * false positive rate of 5% takes 58 images, that end follows from the spacings of the highest
 * scores, as if their tail were exponential (Weissman, JASA 73, 1978).
 *
 * For an F1-optimal threshold, the bootstrap's percentile interval: images are drawn anew within
 * normal and anomalous ones.
 * @param scores of the calibration images
 * @returns a band that holds the threshold; of zero width where one image alone was calibrated on
 */
export function thresholdBand(
  image: Calibration['image'],
  scores: readonly Pick<CalibrationScore, 'label' | 'score'>[],
  random: Random,
): ThresholdBand {
  const of = (label: CalibrationScore['label']) =>
    scores.filter((own) => own.label === label).map(({ score }) => score);
  const band =
    image.rule === 'f1-optimal'
      ? bootstrapBand(of('normal'), of('anomalous'), random)
      : quantileBand(image, of('normal'));
  return {
    low: Math.min(band?.low ?? image.threshold, image.threshold),
    high: Math.max(band?.high ?? image.threshold, image.threshold),
  };
}

function quantileBand(
  { n, k }: Pick<ConformalThreshold, 'n' | 'k'>,
  normals: readonly number[],
): ThresholdBand | null {
  if (normals.length < 2) return null;
  const sorted = Float64Array.from(normals).sort();
  const share = k / (n + 1);
  // P(Bin(n, share) <= r - 1) is that of the r-th score lying above the quantile.
  let lowRank = 1;
  while (lowRank < k && 1 - binomialTail(lowRank + 1, n, share) <= TAIL) lowRank++;
  let highRank = k;
  while (highRank <= n && binomialTail(highRank, n, share) > TAIL) highRank++;
  const known = highRank <= sorted.length;
  return {
    low: sorted[lowRank - 1]!,
    high: known ? sorted[highRank - 1]! : beyond(sorted, n, 1 - share),
  };
}

/** The upper end of the quantile that `above` of all images exceed, by the highest scores' spacings. */
function beyond(sorted: Float64Array, n: number, above: number): number {
  const tail = Math.min(sorted.length - 1, Math.ceil(Math.sqrt(sorted.length)));
  const start = sorted[sorted.length - 1 - tail]!;
  let excess = 0;
  for (let i = sorted.length - tail; i < sorted.length; i++) excess += sorted[i]! - start;
  // In an exponential tail the excesses' sum is its scale times an Erlang variable.
  const scale = excess / erlangQuantile(TAIL, tail);
  const shareAbove = (n - sorted.length + tail + 1) / (n + 1);
  return start + scale * Math.max(0, Math.log(shareAbove / above));
}

function bootstrapBand(
  normals: readonly number[],
  anomalous: readonly number[],
  random: Random,
): ThresholdBand | null {
  const labels = [...normals.map(() => 0), ...anomalous.map(() => 1)];
  const drawn = new Float64Array(labels.length);
  const thresholds: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let i = 0; i < normals.length; i++) drawn[i] = random.pick(normals);
    for (let i = 0; i < anomalous.length; i++) drawn[normals.length + i] = random.pick(anomalous);
    const optimum = f1Optimal(drawn, labels);
    if (optimum !== null) thresholds.push(optimum.threshold);
  }
  return percentileInterval(thresholds, 1 - 2 * TAIL);
}
