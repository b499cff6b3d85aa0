import { expect, test } from 'vitest';
import { isResampled } from './resampledMetrics.ts';

const metrics = ['f1', 'image_auroc', 'specificity', 'normal_only_specificity', 'recall'];
const resampled = (labels: readonly (0 | 1)[]) =>
  metrics.filter((metric) => isResampled(metric, labels));

test('with several images of each class every metric is', () => {
  expect(resampled([0, 0, 1, 1])).toEqual(metrics);
});

test('with a single anomaly what counts normal images alone is, and the other way round', () => {
  expect(resampled([0, 0, 0, 1])).toEqual(['specificity', 'normal_only_specificity']);
  expect(resampled([0, 1, 1])).toEqual(['recall']);
  expect(resampled([0, 1])).toEqual([]);
});

test('a class without images has no single one', () => {
  expect(resampled([0, 0, 0])).toEqual(metrics);
});
