import { describe, expect, test } from 'vitest';
import { newcombeInterval } from './newcombeInterval.ts';

describe('newcombeInterval', () => {
  // m, n: normals, anomalies; z = scipy.stats.norm.ppf(1 - (1 - confidence) / 2); N = (m + n) / 2 - 1
  // f = lambda t: (t - auroc)**2 - z*z * t*(1-t) * (1 + N*(1-t)/(2-t) + N*t/(1+t)) / (m*n)
  // scipy.optimize.brentq(f, 0, auroc), scipy.optimize.brentq(f, auroc, 1), to 1e-15
  test.each([
    [0.98, 20, 30, 0.95, 0.8799170355950922, 0.9966667178253661],
    [1, 20, 60, 0.95, 0.9334763450548755, 1],
    [0.5, 10, 10, 0.9, 0.3030321042015296, 0.6969678957984721],
    [0.75, 1, 8, 0.95, 0.2301124508002762, 0.9648783659189514],
    [0, 5, 7, 0.95, 0, 0.3172102518256429],
    [1, 1, 1, 0.95, 0.20654931437723742, 1],
  ])('of %d with %d and %d images at %d', (auroc, normals, anomalies, confidence, low, high) => {
    const found = newcombeInterval(auroc, normals, anomalies, confidence);
    expect(found).toMatchObject({ confidence, method: 'newcombe' });
    expect(found.low).toBeCloseTo(low, 9);
    expect(found.high).toBeCloseTo(high, 9);
  });

  test('turns with the scores: the interval of 1 - auroc is the mirror image', () => {
    const { low, high } = newcombeInterval(0.9, 12, 30, 0.95);
    const mirrored = newcombeInterval(0.1, 30, 12, 0.95);
    expect(mirrored.low).toBeCloseTo(1 - high, 12);
    expect(mirrored.high).toBeCloseTo(1 - low, 12);
  });
});
