import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { signFlipTest } from './signFlipTest.ts';

const DIFFERENCES = [0.3, -0.1, 0, 0.7, 0.2, 0.25, -0.4, 0.9];

describe('signFlipTest', () => {
  // python3 -c "import numpy as np; from scipy.stats import permutation_test
  //   d = np.array([.3, -.1, 0, .7, .2, .25, -.4, .9]); print(permutation_test((d,), lambda x, axis:
  //   x.sum(axis), permutation_type='samples', vectorized=True, n_resamples=np.inf))"
  test('over all patterns agrees with scipy', () => {
    const found = signFlipTest(DIFFERENCES, 1000, createRandom(1));
    expect(found.statistic).toBeCloseTo(1.85, 12);
    expect(found.pValue).toBeCloseTo(0.1875, 12);
  });

  test('over random patterns comes near', () => {
    const found = signFlipTest(DIFFERENCES, 100, createRandom(1));
    expect(Math.abs(found.pValue! - 0.1875)).toBeLessThan(3 * Math.sqrt((0.19 * 0.81) / 100));
  });

  test('says why it cannot be made', () => {
    expect(signFlipTest([], 10, createRandom(1)).reason).toBe('there are no pairs');
    expect(signFlipTest([0, 0], 10, createRandom(1)).reason).toBe('no pair differs');
  });
});
