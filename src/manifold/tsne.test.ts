import { expect, test } from 'vitest';
import { planeOf, wavePoints } from '../../test/support/wavePoints.ts';
import { FlawmapError } from '../core/error.ts';
import { pairwiseDistances } from './distances.ts';
import { tsne } from './tsne.ts';

const picture = (count: number, perplexity: number, iterations: number) => {
  const points = wavePoints(count, 5);
  const start = planeOf(points, 5, 1e-4);
  return tsne(pairwiseDistances(points, 5), { perplexity, start, iterations });
};

// sklearn.manifold._t_sne._gradient_descent(_kl_divergence, start, 0, n, momentum=0.5,
// learning_rate=50, args=[12 * P, 1, 30, 2]), 1.2.1: points 0 and 17 after n iterations. P is
// float32 there, and early exaggeration makes much of small differences.
test.each([
  [1, 1e-6, [-0.00322162, -0.00267231], [0.00229423, -0.00112155]],
  [2, 1e-5, [0.1273845, 0.15059996], [-0.09902893, 0.05076096]],
  [5, 1e-3, [-0.9206348, -0.16110907], [-3.97340533, 1.56726806]],
])('goes the way of scikit-learn for %i iterations', async (n, tolerance, first, other) => {
  const { coordinates } = await picture(30, 10, n);
  for (const [i, value] of [...first, ...other].entries()) {
    const found = coordinates[i < 2 ? i : 32 + i]!;
    expect(Math.abs(found - value)).toBeLessThan(tolerance);
  }
});

test('ends no farther from the original than scikit-learn', async () => {
  // TSNE(perplexity=20, init=..., method='exact', learning_rate=50, n_iter=1000).kl_divergence_
  // from seven starts: 0.165 to 0.206
  const { divergence } = await picture(60, 20, 1000);
  expect(divergence).toBeLessThan(0.206);
  expect(divergence).toBeGreaterThan(0.15);
});

test('gives the same picture every time', async () => {
  expect(await picture(30, 5, 300)).toEqual(await picture(30, 5, 300));
});

test('stays finite where all points coincide', async () => {
  const start = Float64Array.from({ length: 20 }, (_, i) => 1e-4 * Math.sin(i));
  const same = pairwiseDistances(new Float64Array(20), 2);
  const { coordinates, divergence } = await tsne(same, { perplexity: 3, start, iterations: 500 });
  expect([...coordinates, divergence].every(Number.isFinite)).toBe(true);
});

test('refuses a perplexity that is out of reach, and stops when told to', async () => {
  await expect(picture(10, 10, 1)).rejects.toThrow(FlawmapError);
  const signal = AbortSignal.abort(new Error('stop'));
  const start = new Float64Array(20);
  const options = { perplexity: 3, start, iterations: 5 };
  const same = pairwiseDistances(new Float64Array(20), 2);
  await expect(tsne(same, options, { signal })).rejects.toThrow('stop');
});
