import { expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { f1Optimal } from './f1Optimal.ts';
import { imageMetrics } from './imageMetrics.ts';

interface Case {
  readonly label: number[];
  readonly score: number[];
  readonly auroc: number;
  readonly average_precision: number;
  readonly f1_max: number;
  readonly mcc_at_f1_max: number;
  readonly balanced_accuracy_at_f1_max: number;
}

describeWithShared('imageMetrics against the reference', () => {
  test.each(referenceJson<Case[]>('metrics_image.json').map((c) => [c.label.length, c] as const))(
    'agrees on %d samples, at the F1-optimal threshold',
    (_, expected) => {
      const { threshold } = f1Optimal(expected.score, expected.label)!;
      const found = imageMetrics(expected.score, expected.label, threshold);
      expect(found.auroc).toBeCloseTo(expected.auroc, 9);
      expect(found.average_precision).toBeCloseTo(expected.average_precision, 9);
      expect(found.f1).toBeCloseTo(expected.f1_max, 9);
      expect(found.mcc).toBeCloseTo(expected.mcc_at_f1_max, 9);
      expect(found.balanced_accuracy).toBeCloseTo(expected.balanced_accuracy_at_f1_max, 9);
    },
  );
});

test('gives every metric of a small example', () => {
  // The metrics at the threshold are those of confusion.test.ts; from sklearn.metrics,
  // roc_auc_score(y, s) and average_precision_score(y, s) of these.
  const labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
  const scores = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.35, 0.55, 0.65, 0.7];
  const close = (value: number) => expect.closeTo(value, 12);
  expect(imageMetrics(scores, labels, 0.45)).toEqual({
    auroc: close(0.8333333333333333),
    average_precision: close(0.8303571428571428),
    f1: close(2 / 3),
    accuracy: close(0.7),
    precision: close(0.6),
    recall: close(0.75),
    specificity: close(2 / 3),
    balanced_accuracy: close(0.7083333333333333),
    mcc: close(0.408248290463863),
    confusion: { tp: 3, fp: 2, tn: 4, fn: 1 },
  });
});

test('survives JSON when only normal images are there', () => {
  const metrics = imageMetrics([0.1, 0.2], [0, 0], 1);
  expect(metrics.auroc).toBeNull();
  expect(metrics.specificity).toBe(1);
  expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
});
