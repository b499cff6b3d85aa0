import { describe, expect, test } from 'vitest';
import { chooseThresholds } from './thresholds.ts';

describe('chooseThresholds', () => {
  // y = [0,0,0,0,0,1,1,1,1]; s = [.1,.2,.35,.5,.5,.3,.5,.8,.9]
  // p, r, t = sklearn.metrics.precision_recall_curve(y, s); f = 2*p*r/(p+r): f.max() is
  // 0.7272727272727273, at t = 0.3
  const scores = [0.1, 0.2, 0.35, 0.5, 0.5, 0.3, 0.5, 0.8, 0.9];
  const labels = [0, 0, 0, 0, 0, 1, 1, 1, 1] as const;

  test('chooses the highest F1 of all validation images, and knows its prevalence', () => {
    const { chosen } = chooseThresholds(scores, labels, 0.05);
    expect(chosen).toMatchObject({ rule: 'f1-optimal', threshold: 0.25 });
    expect(chosen).toHaveProperty('f1', 0.7272727272727273);
    expect((chosen as { prevalence: number }).prevalence).toBeCloseTo(4 / 9, 12);
  });

  test('has another from the normal ones alone: their highest score where they are few', () => {
    const { normalOnly } = chooseThresholds(scores, labels, 0.05);
    expect(normalOnly).toMatchObject({ rule: 'maximum', threshold: 0.5, n: 5, k: 5 });
    expect(normalOnly.averageFpr).toBeCloseTo(1 / 6, 12);
    // Of five images the third is exceeded by half of all others.
    expect(chooseThresholds(scores, labels, 0.5).normalOnly).toMatchObject({
      rule: 'conformal',
      threshold: 0.35,
      k: 3,
    });
  });

  test('without anomalous validation images both are the same', () => {
    const { chosen, normalOnly } = chooseThresholds([1, 2, 3], [0, 0, 0], 0.05);
    expect(chosen).toBe(normalOnly);
    expect(normalOnly.threshold).toBe(3);
  });

  test('of equal scores are finite: everything or nothing is flagged', () => {
    const { chosen, normalOnly } = chooseThresholds([7, 7, 7], [0, 0, 1], 0.05);
    expect(chosen.threshold).toBeLessThan(7);
    expect(chosen.threshold).toBeCloseTo(7, 4);
    expect(normalOnly.threshold).toBe(7);
    expect(chooseThresholds([0, 0], [0, 1], 0.05).chosen.threshold).toBeLessThan(0);
  });

  test('cannot be had without normal images, nor of what is no number', () => {
    expect(() => chooseThresholds([1, 2], [1, 1], 0.05)).toThrow('normal');
    expect(() => chooseThresholds([1, Number.NaN], [0, 0], 0.05)).toThrow('a finite number');
  });
});
