import { expect, test } from 'vitest';
import { wavePoints } from '../../../../test/support/wavePoints.ts';
import { createRandom } from '../../../core/random.ts';
import { pairwiseDistances } from '../../../manifold/distances.ts';
import { principalComponents } from './principalComponents.ts';
import { rowDistances } from './rowDistances.ts';

const points = wavePoints(40, 5);
const rows = Float32Array.from(points);

test('keep the share of variance that an exact decomposition keeps', async () => {
  // x -= x.mean(0); s = np.linalg.svd(x)[1] ** 2; s[:2].sum() / s.sum(), NumPy 1.24.2
  const { axes, variance } = await principalComponents(rows, 5, 2, createRandom(1));
  expect(axes).toBe(2);
  expect(variance).toBeCloseTo(VARIANCE, 2);
});

const VARIANCE = 0.7099935022919512;

test('keep all distances where there are as many as dimensions', async () => {
  const { components, axes, variance } = await principalComponents(rows, 5, 50, createRandom(1));
  expect(axes).toBe(5);
  expect(variance).toBeCloseTo(1, 5);
  const original = pairwiseDistances(points, 5).values;
  const reduced = pairwiseDistances(components, axes).values;
  for (const [i, value] of original.entries()) expect(reduced[i]).toBeCloseTo(value, 4);
});

test('begin with the axis of largest variance', async () => {
  const { components, axes } = await principalComponents(rows, 5, 3, createRandom(1));
  const squares = [0, 1, 2].map((axis) =>
    components.reduce((sum, value, i) => sum + (i % axes === axis ? value * value : 0), 0),
  );
  expect(squares).toEqual([...squares].sort((a, b) => b - a));
});

test('say so where nothing varies', async () => {
  const same = await principalComponents(new Float32Array(15).fill(2), 5, 2, createRandom(1));
  expect(same.variance).toBeNull();
});

test('distances by the engine are the direct ones, far from the origin too', async () => {
  const far = rows.map((value) => value + 1000);
  const { values } = await rowDistances(far, 5);
  const direct = pairwiseDistances(Float64Array.from(far), 5).values;
  for (const [i, value] of direct.entries()) expect(values[i]).toBeCloseTo(value, 5);
});
