import { expect, test } from 'vitest';
import { patchAggregates } from './patchAggregates.ts';

test('agrees with numpy', () => {
  // d = (numpy.arange(784) * 37 % 784) / 10; d.max(), numpy.percentile(d, [99, 95]), d.mean()
  const distances = Float32Array.from({ length: 784 }, (_, patch) => ((patch * 37) % 784) / 10);
  const { max, p99, p95, mean } = patchAggregates(distances);
  expect(max).toBeCloseTo(78.3, 5);
  expect(p99).toBeCloseTo(77.517, 5);
  expect(p95).toBeCloseTo(74.385, 5);
  expect(mean).toBeCloseTo(39.15, 5);
});

test('of one patch are the patch', () => {
  expect(patchAggregates([2.5])).toEqual({ max: 2.5, p99: 2.5, p95: 2.5, mean: 2.5 });
});
