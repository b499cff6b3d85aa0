import { expect, test } from 'vitest';
import { logGamma } from './logGamma.ts';

// python3 -c "from scipy.special import gammaln; print([(x, gammaln(x)) for x in (...)])"
test.each([
  [1e-3, 6.907178885383853],
  [0.5, 0.5723649429247],
  [1.5, -0.12078223763524526],
  [3.7, 1.428072326665388],
  [10, 12.801827480081469],
  [41.5, 112.17437704317786],
  [1e3, 5905.220423209181],
  [1e6, 12815504.569147611],
])('logGamma(%d) agrees with scipy', (x, expected) => {
  expect(Math.abs(logGamma(x) / expected - 1)).toBeLessThan(1e-12);
});

test('is zero at 1 and 2', () => {
  expect(logGamma(1)).toBeCloseTo(0, 13);
  expect(logGamma(2)).toBeCloseTo(0, 13);
});
