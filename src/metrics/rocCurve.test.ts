import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroc } from './auroc.ts';
import { rocCurve } from './rocCurve.ts';

describe('rocCurve', () => {
  // sklearn.metrics.roc_curve([1,0,1,1,0,0,1,0,0,1], [9,8,8,7,6,5,5,5,2,1], drop_intermediate=False):
  // (0,0) (0,.2) (.2,.4) (.2,.6) (.4,.6) (.8,.8) (1,.8) (1,1); no three of them on one line.
  test('is that of scikit-learn', () => {
    const points = rocCurve([9, 8, 8, 7, 6, 5, 5, 5, 2, 1], [1, 0, 1, 1, 0, 0, 1, 0, 0, 1]);
    expect(points).toEqual(
      [
        [0, 0],
        [0, 0.2],
        [0.2, 0.4],
        [0.2, 0.6],
        [0.4, 0.6],
        [0.8, 0.8],
        [1, 0.8],
        [1, 1],
      ].map(([fpr, tpr]) => ({ fpr, tpr })),
    );
  });

  test('keeps corners alone', () => {
    expect(rocCurve([1, 2, 3, 4, 5], [0, 0, 1, 1, 1])).toEqual([
      { fpr: 0, tpr: 0 },
      { fpr: 0, tpr: 1 },
      { fpr: 1, tpr: 1 },
    ]);
    expect(rocCurve([7, 7, 7], [0, 1, 1])).toEqual([
      { fpr: 0, tpr: 0 },
      { fpr: 1, tpr: 1 },
    ]);
  });

  test('has nothing to say of one class', () => {
    expect(rocCurve([1, 2], [0, 0])).toBeNull();
    expect(rocCurve([1, 2], [1, 1])).toBeNull();
  });

  test('has the AUROC below it', () => {
    const sample = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const [scores, labels] = [samples.map(([s]) => s), samples.map(([, l]) => l)];
        const points = rocCurve(scores, labels);
        const expected = auroc(scores, labels);
        if (points === null || expected === null) {
          expect(points).toBe(expected);
          return;
        }
        const area = points.slice(1).reduce((sum, { fpr, tpr }, index) => {
          const before = points[index]!;
          return sum + ((fpr - before.fpr) * (tpr + before.tpr)) / 2;
        }, 0);
        expect(area).toBeCloseTo(expected, 12);
      }),
    );
  });
});
