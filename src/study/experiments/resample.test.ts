import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { everyImageOnce, resample } from './resample.ts';

describe('resample', () => {
  const labels = [0, 1, 0, 0, 1, 0] as const;
  const draws = resample(labels, 4000, createRandom('resample'));

  test('draws every image of a class alike: multinomial counts', () => {
    for (const [image, label] of labels.entries()) {
      const size = label === 0 ? 4 : 2;
      const counts = draws.map((weights) => weights[image]!);
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
      // Binomial with n draws of probability 1 / n; five standard errors of 4000 draws.
      expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(1 / 4000));
      expect(Math.abs(variance - (1 - 1 / size))).toBeLessThan(0.1);
    }
  });

  test('a class of one image, or of none, is drawn as it is', () => {
    for (const weights of resample([0, 1, 0], 20, createRandom(1))) expect(weights[1]).toBe(1);
    for (const weights of resample([1, 1], 20, createRandom(1))) {
      expect(weights[0]! + weights[1]!).toBe(2);
    }
    expect(resample([], 2, createRandom(1))).toEqual([everyImageOnce(0), everyImageOnce(0)]);
  });
});
