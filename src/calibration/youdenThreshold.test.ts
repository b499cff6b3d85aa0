import { describe, expect, test } from 'vitest';
import { youdenThreshold } from './youdenThreshold.ts';

describe('youdenThreshold', () => {
  test("agrees with scikit-learn's curve", () => {
    const normal = [12.1, 13.4, 13.4, 14.0, 14.2, 15.1, 15.3, 15.9, 16.2, 17.5];
    const anomalous = [14.9, 16.2, 16.8, 18.0, 19.5, 19.5, 22.4, 25.0];
    const labels = [...normal.map(() => 0), ...anomalous.map(() => 1)];
    // fpr, tpr, t = sklearn.metrics.roc_curve(labels, scores, drop_intermediate=False)
    // (tpr - fpr).max() is 0.675, at t = 16.2 alone, which flags score >= t; the next lower
    // score is 15.9.
    const found = youdenThreshold([...normal, ...anomalous], labels)!;
    expect(found.j).toBeCloseTo(0.675, 12);
    expect(found.threshold).toBeCloseTo(16.05, 12);
    expect(found.ties).toBe(0);
  });

  test('takes the lowest of equal optima and says how many there are', () => {
    // J is 1/2 above 3 and above 1.
    expect(youdenThreshold([4, 3, 2, 1], [1, 0, 1, 0])).toEqual({
      threshold: 1.5,
      j: 0.5,
      ties: 1,
    });
    // All scores equal: flagging everything is as good as flagging nothing.
    expect(youdenThreshold([2, 2], [0, 1])).toEqual({ threshold: 2 - 2e-6, j: 0, ties: 1 });
  });

  test('does not move with the share of anomalous images', () => {
    const scores = [1, 2, 4, 3, 5, 6];
    const labels = [0, 0, 0, 1, 1, 1];
    const many = Array.from({ length: 9 }, () => [3, 5, 6]).flat();
    const found = youdenThreshold(scores, labels)!;
    expect(youdenThreshold([...scores, ...many], [...labels, ...many.map(() => 1)])).toEqual(found);
  });

  test('needs both classes', () => {
    expect(youdenThreshold([1, 2], [0, 0])).toBeNull();
    expect(youdenThreshold([1, 2], [1, 1])).toBeNull();
    expect(youdenThreshold([], [])).toBeNull();
  });
});
