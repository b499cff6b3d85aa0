import { describe, expect, it } from 'vitest';
import { summary } from './summary.ts';

describe('summary', () => {
  it('is what numpy says', () => {
    // python3 -c "import numpy as np; v = [7.5, -2, 4, 11, 0.25, 3]
    //   print(np.percentile(v, [0, 25, 50, 75, 100]), np.mean(v))"
    expect(summary([7.5, -2, 4, 11, 0.25, 3])).toEqual({
      min: -2,
      q25: 0.9375,
      median: 3.5,
      q75: 6.625,
      max: 11,
      mean: 3.9583333333333335,
    });
  });

  it('takes one value, and has nothing to say of none', () => {
    expect(summary([5])).toEqual({ min: 5, q25: 5, median: 5, q75: 5, max: 5, mean: 5 });
    expect(summary([])).toBeNull();
  });
});
