import { describe, expect, test } from 'vitest';
import {
  accuracy,
  balancedAccuracy,
  confusion,
  f1,
  mcc,
  precision,
  recall,
  specificity,
} from './confusion.ts';

test('flags strictly above the threshold', () => {
  const counts = confusion([1, 2, 3, 1, 2, 3, 3], [0, 0, 0, 1, 1, 1, 1], 2);
  expect(counts).toEqual({ tp: 2, fp: 1, tn: 2, fn: 2 });
});

test('refuses a score that is not finite', () => {
  expect(() => confusion([1, Number.NaN], [0, 1], 0)).toThrow(/score 1/);
});

describe('metrics of { tp: 3, fp: 2, tn: 4, fn: 1 }', () => {
  // from sklearn.metrics import f1_score, accuracy_score, ... on
  // y = [0]*6 + [1]*4, predicted = [0,0,0,0,1,1, 0,1,1,1]
  const counts = { tp: 3, fp: 2, tn: 4, fn: 1 };
  test.each([
    ['f1', f1, 0.6666666666666665],
    ['accuracy', accuracy, 0.7],
    ['precision', precision, 0.6],
    ['recall', recall, 0.75],
    ['specificity', specificity, 0.6666666666666666],
    ['balancedAccuracy', balancedAccuracy, 0.7083333333333333],
    ['mcc', mcc, 0.408248290463863],
  ] as const)('%s', (_, metric, expected) => {
    expect(metric(counts)).toBeCloseTo(expected, 12);
  });
});

describe('what the samples do not define', () => {
  const nothing = { tp: 0, fp: 0, tn: 0, fn: 0 };
  const onlyNormals = { tp: 0, fp: 0, tn: 5, fn: 0 };
  const onlyAnomalies = { tp: 0, fp: 0, tn: 0, fn: 5 };

  test('is null without samples', () => {
    for (const metric of [f1, accuracy, precision, recall, specificity, balancedAccuracy, mcc]) {
      expect(metric(nothing)).toBeNull();
    }
  });

  test('is null where the denominator is empty, and no more', () => {
    expect(f1(onlyNormals)).toBeNull();
    expect(precision(onlyNormals)).toBeNull();
    expect(recall(onlyNormals)).toBeNull();
    expect(balancedAccuracy(onlyNormals)).toBeNull();
    expect(specificity(onlyNormals)).toBe(1);
    expect(accuracy(onlyNormals)).toBe(1);
    expect(f1(onlyAnomalies)).toBe(0);
    expect(recall(onlyAnomalies)).toBe(0);
    expect(specificity(onlyAnomalies)).toBeNull();
  });

  test('mcc is 0 where a margin is empty, as in scikit-learn', () => {
    expect(mcc(onlyNormals)).toBe(0);
    expect(mcc({ tp: 0, fp: 0, tn: 3, fn: 2 })).toBe(0);
  });

  test('mcc stays finite for counts of pixels', () => {
    expect(mcc({ tp: 5e7, fp: 0, tn: 5e7, fn: 0 })).toBe(1);
    expect(mcc({ tp: 0, fp: 5e7, tn: 0, fn: 5e7 })).toBe(-1);
  });
});
