import { expect, test } from 'vitest';
import { groupsOf, planeOf, wavePoints } from '../../test/support/wavePoints.ts';
import { FlawmapError } from '../core/error.ts';
import { createRandom } from '../core/random.ts';
import { pairwiseDistances } from './distances.ts';
import { silhouette } from './silhouette.ts';
import { trustworthiness } from './trustworthiness.ts';
import { umap } from './umap.ts';

const points = wavePoints(150, 5);
const original = pairwiseDistances(points, 5);
const start = planeOf(points, 5, 5);

const picture = (seed: number, epochs = 300) =>
  umap(original, { neighbours: 15, minimumDistance: 0.1, start, epochs }, createRandom(seed));

test('is as faithful as the reference implementation', async () => {
  // umap.UMAP(n_neighbors=15, min_dist=0.1, n_epochs=300, random_state=0 to 3), umap-learn 0.5.3:
  // sklearn's trustworthiness(X, E, n_neighbors=10) 0.983 to 0.987, silhouette 0.48 to 0.55
  const plane = pairwiseDistances(await picture(1), 2);
  expect(trustworthiness(original, plane, 10)).toBeGreaterThan(0.982);
  expect(silhouette(plane, groupsOf(150))).toBeGreaterThan(0.48);
});

test('follows from its seed', async () => {
  const first = await picture(7, 30);
  expect(await picture(7, 30)).toEqual(first);
  expect(await picture(8, 30)).not.toEqual(first);
});

test('begins where it is told to', async () => {
  expect(await picture(1, 0)).toEqual(start);
});

test('stays finite where all points coincide', async () => {
  const same = pairwiseDistances(new Float64Array(20), 2);
  const options = { neighbours: 4, minimumDistance: 0.1, start: new Float64Array(20), epochs: 50 };
  const found = await umap(same, options, createRandom(1));
  expect(found.every(Number.isFinite)).toBe(true);
});

test('refuses more neighbours than there are, and stops when told to', async () => {
  const options = { neighbours: 150, minimumDistance: 0.1, start, epochs: 1 };
  await expect(umap(original, options, createRandom(1))).rejects.toThrow(FlawmapError);
  const signal = AbortSignal.abort(new Error('stop'));
  const stopped = umap(original, { ...options, neighbours: 15 }, createRandom(1), { signal });
  await expect(stopped).rejects.toThrow('stop');
});
