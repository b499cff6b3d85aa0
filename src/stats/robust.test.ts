import { describe, expect, it } from 'vitest';
import { median, robustSpread, robustZ } from './robust.ts';

describe('median', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %f', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('robustSpread', () => {
  it('is the scaled median absolute deviation', () => {
    // scipy.stats.median_abs_deviation([1, 2, 3, 4, 100], scale='normal')
    expect(robustSpread([1, 2, 3, 4, 100])).toBeCloseTo(1.482602218505602, 4);
    expect(robustSpread([5, 5, 5, 9])).toBe(0);
  });
});

describe('robustZ', () => {
  // x = np.array([1, 2, 3, 4, 100]); (x - 3) / scipy.stats.median_abs_deviation(x, scale='normal')
  it('measures distance in robust standard deviations', () => {
    const expected = [-1.3489795, -0.67448975, 0, 0.67448975, 65.4255059];
    robustZ([1, 2, 3, 4, 100], 0).forEach((z, i) => {
      expect(z / (expected[i]! || 1)).toBeCloseTo(i === 2 ? 0 : 1, 4);
    });
  });

  it('does not call noise among equal values an outlier', () => {
    expect(Math.max(...robustZ([1, 1, 1, 1.01], 0.1))).toBeCloseTo(0.1);
  });
});
