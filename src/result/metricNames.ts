/** The metrics of a study by name, in the order in which tables show them. */

/** From scores alone. */
export const RANKING_METRICS = ['image_auroc', 'image_average_precision'] as const;

/** At a threshold on image scores. */
export const THRESHOLD_METRICS = [
  'f1',
  'accuracy',
  'precision',
  'recall',
  'specificity',
  'balanced_accuracy',
  'mcc',
] as const;

/** Over all pixels of the images whose truth is known. */
export const PIXEL_METRICS = ['pixel_auroc', 'pixel_average_precision', 'pro'] as const;

export type RankingMetric = (typeof RANKING_METRICS)[number];
export type ThresholdMetric = (typeof THRESHOLD_METRICS)[number];
export type PixelMetric = (typeof PIXEL_METRICS)[number];

/** The same metric at the threshold that needs no anomalies. */
export type NormalOnlyMetric = `normal_only_${ThresholdMetric}`;

export const normalOnly = (metric: ThresholdMetric): NormalOnlyMetric => `normal_only_${metric}`;

export type MetricName = RankingMetric | ThresholdMetric | NormalOnlyMetric | PixelMetric;

export const METRIC_NAMES: readonly MetricName[] = [
  ...RANKING_METRICS,
  ...THRESHOLD_METRICS,
  ...THRESHOLD_METRICS.map(normalOnly),
  ...PIXEL_METRICS,
];
