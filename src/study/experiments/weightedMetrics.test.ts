import { describe, expect, test } from 'vitest';
import { imageMetrics } from '../../metrics/imageMetrics.ts';
import { METRIC_NAMES, PIXEL_METRICS } from '../../result/metricNames.ts';
import { everyImageOnce, type Labels } from './resample.ts';
import { metricsOf, plainMetrics, weightedConfusion } from './weightedMetrics.ts';

const SCORES = [0.1, 0.2, 0.35, 0.5, 0.5, 0.3, 0.5, 0.8, 0.9];
const LABELS: Labels = [0, 0, 0, 0, 0, 1, 1, 1, 1];
const WEIGHTS = Uint16Array.of(2, 0, 1, 3, 1, 1, 2, 0, 4);

// y, s, w: the above; p = s > threshold; in sklearn.metrics, with sample_weight=w:
// roc_auc_score(y, s), average_precision_score(y, s), f1_score(y, p), accuracy_score(y, p),
// precision_score(y, p), recall_score(y, p), recall_score(y, p, pos_label=0),
// balanced_accuracy_score(y, p), matthews_corrcoef(y, p), confusion_matrix(y, p).ravel()
const RANKING = { image_auroc: 0.8163265306122448, image_average_precision: 0.8261904761904761 };
const AT: Readonly<Record<number, Readonly<Record<string, number | null>>>> = {
  0.4: {
    f1: 0.7058823529411764,
    accuracy: 0.6428571428571429,
    precision: 0.6,
    recall: 0.8571428571428571,
    specificity: 0.42857142857142855,
    balanced_accuracy: 0.6428571428571428,
    mcc: 0.31622776601683794,
  },
  0.5: {
    f1: 0.7272727272727273,
    accuracy: 0.7857142857142857,
    precision: 1,
    recall: 0.5714285714285714,
    specificity: 1,
    balanced_accuracy: 0.7857142857142857,
    mcc: 0.6324555320336759,
  },
  // scikit-learn calls the precision 0 where nothing is flagged.
  0.95: {
    f1: 0,
    accuracy: 0.5,
    precision: null,
    recall: 0,
    specificity: 1,
    balanced_accuracy: 0.5,
    mcc: 0,
  },
};

describe('metricsOf', () => {
  test.each([
    [0.4, 0.5],
    [0.5, 0.95],
    [0.95, 0.4],
  ])(
    'agrees with scikit-learn at %d, and at the normal-only threshold %d',
    (chosen, normalOnly) => {
      const found = metricsOf({ scores: SCORES, chosen, normalOnly }, LABELS)(WEIGHTS);
      const expected = {
        ...RANKING,
        ...AT[chosen],
        ...Object.fromEntries(
          Object.entries(AT[normalOnly]!).map(([name, value]) => [`normal_only_${name}`, value]),
        ),
      };
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [name, value] of Object.entries(expected)) {
        const own = found[name as keyof typeof found];
        if (value === null) expect(own, name).toBeNull();
        else expect(own, name).toBeCloseTo(value, 12);
      }
    },
  );

  test('has every metric of images that a study has', () => {
    const found = plainMetrics({ scores: SCORES, chosen: 1, normalOnly: 1 }, LABELS);
    expect([...Object.keys(found), ...PIXEL_METRICS]).toEqual(METRIC_NAMES);
  });

  test('does not depend on what it was asked before', () => {
    const metrics = metricsOf({ scores: SCORES, chosen: 0.4, normalOnly: 0.5 }, LABELS);
    const first = metrics(WEIGHTS);
    metrics(everyImageOnce(SCORES.length));
    expect(metrics(WEIGHTS)).toEqual(first);
  });

  test('where a class has no weight its metrics are null', () => {
    const normals = Uint16Array.from(LABELS, (label) => 1 - label);
    const found = metricsOf({ scores: SCORES, chosen: 0.4, normalOnly: 0.4 }, LABELS)(normals);
    expect(found).toMatchObject({ image_auroc: null, recall: null, specificity: 0.6 });
  });
});

describe('plainMetrics', () => {
  test('is what evaluate says of these scores', () => {
    const found = plainMetrics({ scores: SCORES, chosen: 0.4, normalOnly: 0.4 }, LABELS);
    const { auroc, average_precision, confusion, ...rest } = imageMetrics(SCORES, [...LABELS], 0.4);
    expect(found).toMatchObject({
      image_auroc: auroc,
      image_average_precision: average_precision,
      ...rest,
    });
    expect(weightedConfusion(SCORES, LABELS, everyImageOnce(9), 0.4)).toEqual(confusion);
  });
});

test('weightedConfusion counts a score at the threshold as normal', () => {
  // confusion_matrix(y, s > 0.5, sample_weight=w).ravel(): tn, fp, fn, tp
  expect(weightedConfusion(SCORES, LABELS, WEIGHTS, 0.5)).toEqual({ tn: 7, fp: 0, fn: 3, tp: 4 });
  expect(weightedConfusion(SCORES, LABELS, WEIGHTS, 0.4)).toEqual({ tn: 3, fp: 4, fn: 1, tp: 6 });
});
