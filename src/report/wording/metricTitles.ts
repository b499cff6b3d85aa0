/** Metrics as charts and tables name them. */
import type { MetricName } from '../../result/metricNames.ts';

type Plain = Exclude<MetricName, `normal_only_${string}`>;

export const METRIC_TITLES: Readonly<Record<Plain, string>> = {
  image_auroc: 'Image AUROC',
  image_average_precision: 'Image AP',
  f1: 'F1',
  accuracy: 'Accuracy',
  precision: 'Precision',
  recall: 'Recall',
  specificity: 'Specificity',
  balanced_accuracy: 'Balanced accuracy',
  mcc: 'MCC',
  pixel_auroc: 'Pixel AUROC',
  pixel_average_precision: 'Pixel AP',
  pro: 'PRO',
};

export type TitledMetric = Plain;
