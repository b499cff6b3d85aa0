import { expect, test } from 'vitest';
import { erlangQuantile } from './erlangQuantile.ts';

// scipy.stats.gamma.ppf(probability, count)
test.each([
  [0.05, 1, 0.05129329438755053],
  [0.05, 7, 3.28531569189467],
  [0.5, 3, 2.674060313723559],
  [0.95, 20, 27.87923963944351],
])('erlangQuantile(%d, %d) agrees with scipy', (probability, count, expected) => {
  expect(erlangQuantile(probability, count) / expected).toBeCloseTo(1, 12);
});

test.each([
  [0, 1],
  [1, 1],
  [0.5, 0],
  [0.5, 1.5],
])('erlangQuantile(%d, %d) is refused', (probability, count) => {
  expect(() => erlangQuantile(probability, count)).toThrow('outside its domain');
});
