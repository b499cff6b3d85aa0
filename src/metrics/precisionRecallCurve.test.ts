import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePrecision } from './averagePrecision.ts';
import { precisionRecallCurve } from './precisionRecallCurve.ts';

describe('precisionRecallCurve', () => {
  // sklearn.metrics.precision_recall_curve([1,0,1,1,0,0,1,0,0,1], [9,8,8,7,6,5,5,5,2,1]) at each
  // recall's highest precision: 1 at .2, 2/3 at .4, 3/4 at .6, 1/2 at .8, 1/2 at 1.
  test('is that of scikit-learn', () => {
    expect(
      precisionRecallCurve([9, 8, 8, 7, 6, 5, 5, 5, 2, 1], [1, 0, 1, 1, 0, 0, 1, 0, 0, 1]),
    ).toEqual([
      { recall: 0, precision: 1 },
      { recall: 0.2, precision: 1 },
      { recall: 0.4, precision: 2 / 3 },
      { recall: 0.6, precision: 3 / 4 },
      { recall: 1, precision: 1 / 2 },
    ]);
  });

  test('keeps corners alone', () => {
    expect(precisionRecallCurve([1, 2, 3, 4, 5], [0, 0, 1, 1, 1])).toEqual([
      { recall: 0, precision: 1 },
      { recall: 1, precision: 1 },
    ]);
  });

  test('has nothing to say of one class', () => {
    expect(precisionRecallCurve([1, 2], [0, 0])).toBeNull();
    expect(precisionRecallCurve([1, 2], [1, 1])).toBeNull();
  });

  test('has the average precision below its steps', () => {
    const sample = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const [scores, labels] = [samples.map(([s]) => s), samples.map(([, l]) => l)];
        const points = precisionRecallCurve(scores, labels);
        const expected = averagePrecision(scores, labels);
        if (points === null || expected === null) {
          expect(points).toBe(expected);
          return;
        }
        const area = points.slice(1).reduce((sum, { recall, precision }, index) => {
          return sum + (recall - points[index]!.recall) * precision;
        }, 0);
        expect(area).toBeCloseTo(expected, 12);
      }),
    );
  });
});
