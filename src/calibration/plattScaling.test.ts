import { describe, expect, test } from 'vitest';
import { plattProbability, plattScaling } from './plattScaling.ts';

const NORMAL = [12.1, 13.4, 13.4, 14.0, 14.2, 15.1, 15.3, 15.9, 16.2, 17.5];
const ANOMALOUS = [14.9, 16.2, 16.8, 18.0, 19.5, 19.5, 22.4, 25.0];
const SCORES = [...NORMAL, ...ANOMALOUS];
const LABELS = [...NORMAL.map(() => 0), ...ANOMALOUS.map(() => 1)];

describe('plattScaling', () => {
  test('agrees with scikit-learn, which stops a little early', () => {
    // c = sklearn.calibration._SigmoidCalibration().fit(scores, labels): a_, b_, with the other
    // sign, and c.predict([12, 16, 20])
    const platt = plattScaling(SCORES, LABELS)!;
    expect(platt.slope).toBeCloseTo(0.5305383613645115, 6);
    expect(platt.intercept).toBeCloseTo(-8.946645324833794, 6);
    const predicted = [12, 16, 20].map((score) => plattProbability(platt, score));
    expect(predicted[0]).toBeCloseTo(0.07042461966227075, 7);
    expect(predicted[1]).toBeCloseTo(0.387452900332565, 7);
    expect(predicted[2]).toBeCloseTo(0.840790543734978, 7);
  });

  test('is at the optimum', () => {
    // mpmath.findroot of both derivatives of the loss, with 30 digits
    const platt = plattScaling(SCORES, LABELS)!;
    expect(platt.slope).toBeCloseTo(0.5305383616270939, 12);
    expect(platt.intercept).toBeCloseTo(-8.94664533956945, 11);
  });

  test('stays finite where a threshold parts the classes', () => {
    // _SigmoidCalibration().fit([1, 2, 3, 11, 12], [0, 0, 0, 1, 1]); predict([1, 7, 12])
    const platt = plattScaling([1, 2, 3, 11, 12], [0, 0, 0, 1, 1])!;
    const predicted = [1, 7, 12].map((score) => plattProbability(platt, score));
    expect(predicted[0]).toBeCloseTo(0.1633183322054269, 5);
    expect(predicted[1]).toBeCloseTo(0.47821630333970216, 5);
    expect(predicted[2]).toBeCloseTo(0.7688099531932188, 5);
  });

  test('does not depend on the unit of the scores', () => {
    const platt = plattScaling(SCORES, LABELS)!;
    for (const [scale, offset] of [
      [1e6, 0],
      [1e-6, 3],
      [1, 1e5],
    ] as const) {
      const moved = plattScaling(
        SCORES.map((score) => scale * score + offset),
        LABELS,
      )!;
      for (const score of [12, 16, 20]) {
        const expected = plattProbability(platt, score);
        expect(plattProbability(moved, scale * score + offset)).toBeCloseTo(expected, 6);
      }
    }
  });

  test('says the same of every image where all scores are equal', () => {
    const platt = plattScaling([5, 5, 5, 5], [0, 0, 0, 1])!;
    expect(platt.slope).toBeCloseTo(0, 12);
    // The mean of the targets: (3 x 1/5 + 2/3) / 4.
    expect(plattProbability(platt, 5)).toBeCloseTo(19 / 60, 9);
  });

  test('needs both classes and finite scores', () => {
    expect(plattScaling([1, 2], [0, 0])).toBeNull();
    expect(plattScaling([1, 2], [1, 1])).toBeNull();
    expect(() => plattScaling([1, Number.NaN], [0, 1])).toThrow(/score 1/);
  });

  test('does not overflow far from the scores', () => {
    const platt = plattScaling(SCORES, LABELS)!;
    expect(plattProbability(platt, 1e6)).toBe(1);
    expect(plattProbability(platt, -1e6)).toBe(0);
  });
});
