/**
 * The interval of a metric over test images. The bootstrap is blind near the end of a scale: where
 * hardly an image is judged wrongly hardly a resample holds one, and its interval is too narrow, or
 * a point. There the bounds come from the counts themselves. No interval has zero width.
 */
import type { Interval } from '../../result/estimate.ts';
import type { ThresholdMetric } from '../../result/metricNames.ts';
import { averagePrecisionAt } from '../../stats/averagePrecisionAt.ts';
import { clopperPearson } from '../../stats/clopperPearson.ts';
import { correlation } from '../../stats/correlation.ts';
import { moverDifference } from '../../stats/moverDifference.ts';
import { newcombeInterval } from '../../stats/newcombeInterval.ts';
import {
  difference,
  type IntervalKind,
  intervalOf,
  type Sampled,
  type Sampling,
} from './sampled.ts';
import { thresholdMetrics } from './weightedMetrics.ts';

/** Metrics by name, measured together. */
type Metrics = Readonly<Record<string, Sampled>>;
type Images = Pick<Sampling, 'labels' | 'confidence'>;

/** From this AUROC on, and with fewer images of a class, the bootstrap covers too rarely. */
const HIGH_AUROC = 0.95;
const FEW_IMAGES = 10;
/** Intervals that are narrower are rounding. */
const NO_WIDTH = 1e-9;

/** @param metrics recall and specificity among them, where one needs them */
export function metricInterval(metrics: Metrics, name: string, images: Images): Interval | null {
  const end = endInterval(metrics, name, images);
  return end ?? withWidth(intervalOf(metrics[name]!, images, intervalKind(name)));
}

/** Where every number is a percentile of draws but near the end of a scale. */
export function drawnInterval(metrics: Metrics, name: string, images: Images): Interval | null {
  return endInterval(metrics, name, images) ?? withWidth(intervalOf(metrics[name]!, images));
}

/**
 * Of the metric in `first` less the metric in `second`, on the same images. The paired bootstrap;
 * for AUROC, whose difference it covers too rarely, and where it is blind for either, from the
 * interval of each and how far their resamples go together.
 */
export function differenceInterval(
  first: Metrics,
  second: Metrics,
  name: string,
  images: Images,
): Interval | null {
  const [a, b] = [first[name]!, second[name]!];
  const blind = [first, second].some((metrics) => endInterval(metrics, name, images) !== null);
  const paired =
    blind || name === 'image_auroc' ? null : withWidth(intervalOf(difference(a, b), images));
  if (paired !== null) return paired;
  const bounds = [first, second].map((metrics) => metricInterval(metrics, name, images));
  const [own, other] = bounds;
  if (!own || !other) return null;
  // Resamples that do not differ say nothing of how far other images would part the two.
  const together = correlationOf(a, b) ?? 0;
  const found = (share: number) =>
    moverDifference({ value: a.value, interval: own }, { value: b.value, interval: other }, share);
  return withWidth(found(together)) ?? found(0);
}

/** How an interval is best made where no number is near the end of its scale. */
function intervalKind(metric: string): IntervalKind {
  switch (plain(metric)) {
    case 'specificity':
      return 'normal proportion';
    case 'recall':
      return 'anomalous proportion';
    case 'accuracy':
      return 'proportion';
    default:
      return 'other';
  }
}

const plain = (metric: string): string => metric.replace(/^normal_only_/, '');

/** Null for a point: what does not vary over resamples says nothing of other images. */
export const withWidth = (interval: Interval | null): Interval | null =>
  interval !== null && interval.high - interval.low > NO_WIDTH ? interval : null;

/** Over the resamples that both are computable on. */
function correlationOf(a: Sampled, b: Sampled): number | null {
  const both = [...a.replicates.keys()].filter(
    (i) => Number.isFinite(a.replicates[i]) && Number.isFinite(b.replicates[i]),
  );
  return correlation(
    both.map((i) => a.replicates[i]!),
    both.map((i) => b.replicates[i]!),
  );
}

/** Null where the metric is far from the ends of its scale, or has no replicates at all. */
function endInterval(metrics: Metrics, metric: string, images: Images): Interval | null {
  const { value, replicates } = metrics[metric]!;
  if (Number.isNaN(value) || replicates.length === 0) return null;
  const total = images.labels.length;
  const anomalous = images.labels.reduce<number>((sum, label) => sum + label, 0);
  const counts = { normal: total - anomalous, anomalous, confidence: images.confidence };
  const proportion = (of: number) =>
    nearEnd(value, of) ? clopperPearson(value * of, of, images.confidence) : null;
  const name = plain(metric);
  switch (name) {
    case 'image_auroc':
    case 'image_average_precision':
      return rankingEnd(metrics, name, counts);
    case 'accuracy':
      return proportion(total);
    case 'specificity':
      return proportion(counts.normal);
    case 'recall':
      return proportion(anomalous);
    case 'f1':
    case 'precision':
    case 'balanced_accuracy':
    case 'mcc':
      return jointEnd(metrics, metric, name, counts);
    default:
      return null;
  }
}

interface Counts {
  readonly normal: number;
  readonly anomalous: number;
  readonly confidence: number;
}

/** Whether less than one image, on average over seeds, is on one side. */
const nearEnd = (rate: number, images: number): boolean =>
  rate * images < 1 - NO_WIDTH || (1 - rate) * images < 1 - NO_WIDTH;

/** Newcombe's interval of AUROC, and the average precision that goes with its bounds. */
function rankingEnd(
  { image_auroc: auroc, ...metrics }: Metrics,
  name: 'image_auroc' | 'image_average_precision',
  { normal, anomalous, confidence }: Counts,
): Interval | null {
  if (auroc === undefined || Number.isNaN(auroc.value)) return null;
  const bounds = newcombeInterval(auroc.value, normal, anomalous, confidence);
  const few = Math.min(normal, anomalous) < FEW_IMAGES;
  const end = auroc.value >= HIGH_AUROC || few;
  if (name === 'image_auroc') return end || constant(auroc) ? bounds : null;
  const own = metrics.image_average_precision!;
  if (!end && !constant(own)) return null;
  const at = (bound: number) => averagePrecisionAt(bound, anomalous / (normal + anomalous));
  return holding(own.value, { ...bounds, low: at(bounds.low), high: at(bounds.high) });
}

/**
 * All of them rise with recall and with specificity: exact bounds on both, each at half of what
 * the interval may miss, bound them (Bonferroni).
 */
function jointEnd(
  metrics: Metrics,
  metric: string,
  name: ThresholdMetric,
  { normal, anomalous, confidence }: Counts,
): Interval | null {
  const prefix = metric.slice(0, metric.length - name.length);
  const recall = metrics[`${prefix}recall`]?.value ?? Number.NaN;
  const specificity = metrics[`${prefix}specificity`]?.value ?? Number.NaN;
  if (Number.isNaN(recall + specificity)) return null;
  if (!nearEnd(recall, anomalous) && !nearEnd(specificity, normal)) return null;
  const each = 1 - (1 - confidence) / 2;
  const hits = clopperPearson(recall * anomalous, anomalous, each);
  const passes = clopperPearson(specificity * normal, normal, each);
  const { value } = metrics[metric]!;
  const at = (own: number, other: number) =>
    thresholdMetrics({
      tp: own * anomalous,
      fn: (1 - own) * anomalous,
      tn: other * normal,
      fp: (1 - other) * normal,
    })[name] ?? value;
  return holding(value, {
    low: at(hits.low, passes.low),
    high: at(hits.high, passes.high),
    confidence,
    method: 'joint',
  });
}

/** The value is a mean over seeds, the bounds are of mean rates: a curved measure may part them. */
const holding = (value: number, { low, high, ...rest }: Interval): Interval => ({
  low: Math.min(low, value),
  high: Math.max(high, value),
  ...rest,
});

const constant = ({ replicates }: Sampled): boolean =>
  replicates.every((value) => Math.abs(value - replicates[0]!) < NO_WIDTH);
