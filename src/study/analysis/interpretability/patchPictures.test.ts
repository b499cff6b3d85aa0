import { beforeAll, expect, test } from 'vitest';
import { wavePoints } from '../../../../test/support/wavePoints.ts';
import { createRandom } from '../../../core/random.ts';
import type { PatchKind } from '../../../result/analysis/interpretability.ts';
import { embeddingMap } from './embeddingMap.ts';
import { embeddingSentence } from './embeddingSentence.ts';
import { type PatchPictures, patchPictures } from './patchPictures.ts';

const DIMENSION = 5;
const settings = { neighbours: 10, perplexity: 8 };

const draw = (rows: Float32Array, kinds: readonly PatchKind[]) =>
  patchPictures({ rows, dimension: DIMENSION, kinds }, settings, createRandom('pictures'), {});

/** Groups of points in turn. */
const inTurn = (count: number, of: readonly PatchKind[]) =>
  Array.from({ length: count }, (_, i) => of[i % of.length]!);

const rowsOf = (count: number) => Float32Array.from(wavePoints(count, DIMENSION));

const kinds = inTurn(60, ['bank', 'normal', 'defect']);
let pictures: PatchPictures;
beforeAll(async () => {
  pictures = (await draw(rowsOf(60), kinds)) as PatchPictures;
});

test('draws two pictures and measures them', async () => {
  expect(pictures.settings).toEqual({ neighbours: 10, perplexity: 8, nearest: 15 });
  for (const name of ['umap', 'tsne'] as const) {
    expect(pictures.points[name]).toHaveLength(60);
    expect(pictures[name].trustworthiness.value).toBeGreaterThan(0.9);
    // Groups that are apart in truth are in the picture.
    expect(pictures[name].silhouette.value).toBeGreaterThan(0.3);
  }
  // sklearn.metrics.silhouette_score(X[i % 3 > 0], (i % 3)[i % 3 > 0]), scikit-learn 1.2.1
  expect(pictures.original.silhouette.value).toBeCloseTo(SILHOUETTE, 5);
  expect(await draw(rowsOf(60), kinds)).toEqual(pictures);
});

const SILHOUETTE = 0.36341056725535814;

test('says why separation cannot be told', async () => {
  const unknown = (await draw(rowsOf(30), inTurn(30, ['normal', 'unknown']))) as PatchPictures;
  expect(unknown.original.silhouette.reason).toMatch(/no patch is known to be defective/);
  const bank = (await draw(rowsOf(30), inTurn(30, ['bank', 'defect']))) as PatchPictures;
  expect(bank.umap.silhouette.reason).toMatch(/no normal test images/);
  const pair = (await draw(rowsOf(30), [
    'normal',
    'defect',
    ...inTurn(28, ['bank']),
  ])) as PatchPictures;
  expect(pair.tsne.silhouette.reason).toMatch(/one patch of each/);
});

test('asks for less where there are few patches', async () => {
  const few = (await draw(rowsOf(10), inTurn(10, ['normal', 'defect']))) as PatchPictures;
  expect(few.settings).toEqual({ neighbours: 9, perplexity: 3, nearest: 4 });
  expect(few.umap.trustworthiness.value).not.toBeNull();
});

test('draws nothing of next to nothing', async () => {
  expect(await draw(rowsOf(9), inTurn(9, ['normal']))).toMatch(/only 9 patches/);
  expect(await draw(new Float32Array(100).fill(3), inTurn(20, ['bank']))).toMatch(/the same/);
});

test('names what is drawn, and says in words what it shows', () => {
  const patches = kinds.map((kind, i) => ({ kind, image: `${i % 2}.png`, patch: i }));
  const map = embeddingMap(patches, DIMENSION, pictures);
  expect(map.drawn).toEqual({ bank: 20, normal: 20, defect: 20, background: 0, unknown: 0 });
  expect(map.images).toEqual(['0.png', '1.png']);
  expect(map.points.kind.slice(0, 4)).toEqual([0, 1, 2, 0]);
  expect(map.points.image.slice(0, 4)).toEqual([0, 1, 0, 1]);
  expect(map.points.patch).toEqual([...kinds.keys()]);
  const none = { value: null, reason: 'nobody knows' } as const;
  expect(embeddingSentence(map)).toMatch(
    /keep apart weakly .*silhouette 0\.3\d; .* trustworthiness is 0\.9/s,
  );
  expect(embeddingSentence({ ...map, original: { silhouette: none } })).toMatch(
    /not computable: nobody knows/,
  );
});
