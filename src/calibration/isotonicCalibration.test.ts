import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { isotonicCalibration, isotonicProbability } from './isotonicCalibration.ts';

describe('isotonicCalibration', () => {
  test('agrees with scikit-learn, ties included', () => {
    const normal = [12.1, 13.4, 13.4, 14.0, 14.2, 15.1, 15.3, 15.9, 16.2, 17.5];
    const anomalous = [14.9, 16.2, 16.8, 18.0, 19.5, 19.5, 22.4, 25.0];
    const labels = [...normal.map(() => 0), ...anomalous.map(() => 1)];
    const isotonic = isotonicCalibration([...normal, ...anomalous], labels)!;
    // m = sklearn.isotonic.IsotonicRegression(out_of_bounds='clip').fit(scores, labels);
    // m.X_thresholds_, m.y_thresholds_; m.predict([10, 14.5, 15, 16, 16.5, 17.7, 19, 30])
    expect(isotonic).toEqual({
      scores: [12.1, 14.2, 14.9, 15.9, 16.2, 17.5, 18, 25],
      probabilities: [0, 0, 0.25, 0.25, 0.5, 0.5, 1, 1],
    });
    const predicted = [10, 14.5, 15, 16, 16.5, 17.7, 19, 30].map((score) =>
      isotonicProbability(isotonic, score),
    );
    const expected = [0, 0.10714285714285723, 0.25, 1 / 3, 0.5, 0.7, 1, 1];
    for (const [i, value] of predicted.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
    expect(isotonicProbability(isotonic, 18)).toBe(1);
    expect(isotonicProbability(isotonic, 25)).toBe(1);
  });

  test('never descends, and keeps the share of anomalous images', () => {
    const random = createRandom('isotonic');
    for (let trial = 0; trial < 50; trial++) {
      const labels = Array.from({ length: 30 }, () => random.integer(2));
      const scores = labels.map((label) => Math.round(4 * (random.normal() + label)) / 4);
      const isotonic = isotonicCalibration(scores, labels)!;
      const sorted = [...isotonic.probabilities].sort((a, b) => a - b);
      expect(isotonic.probabilities).toEqual(sorted);
      const fitted = scores.reduce((sum, score) => sum + isotonicProbability(isotonic, score), 0);
      expect(fitted).toBeCloseTo(
        labels.reduce((sum, label) => sum + label, 0),
        9,
      );
    }
  });

  test('says the share of every image where all scores are equal', () => {
    const isotonic = isotonicCalibration([3, 3, 3, 3], [0, 1, 0, 0])!;
    expect(isotonic).toEqual({ scores: [3], probabilities: [0.25] });
    for (const score of [2, 3, 4]) expect(isotonicProbability(isotonic, score)).toBe(0.25);
  });

  test('needs both classes and finite scores', () => {
    expect(isotonicCalibration([1, 2], [0, 0])).toBeNull();
    expect(isotonicCalibration([1, 2], [1, 1])).toBeNull();
    expect(() => isotonicCalibration([1, Number.NaN], [0, 1])).toThrow(/score 1/);
  });
});
