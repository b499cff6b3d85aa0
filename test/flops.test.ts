/** What graphs multiply for one image: it must not grow unnoticed, and is the same everywhere. */
import { expect, it } from 'vitest';
import { createFilterbank } from '../src/backbone/filterbank.ts';
import { DEFAULT_MAP } from '../src/detector/anomalyMap.ts';
import { padimHead } from '../src/detector/padim/padim.ts';
import { stripsOf } from '../src/detector/padim/whiteningStrips.ts';
import { preprocess } from '../src/detector/preprocess.ts';
import { float32, uint8 } from '../src/tensor/elementType.ts';
import { createGraph } from '../src/tensor/graph.ts';
import { graphFlops } from './support/graphFlops.ts';

const SIZE = 224;

it('resizes with a band of weights, not with a matrix of zeros', async () => {
  const graph = createGraph('resize');
  const image = graph.input('image', 'uint8', ['N', 'H', 'W', 3]);
  graph.output('resized', preprocess(image, { resize: SIZE, crop: SIZE }));
  const edge = 896;
  const pixels = uint8(new Uint8Array(edge * edge * 3), [1, edge, edge, 3]);
  const flops = await graphFlops(graph.toModel(), { image: pixels });
  // Across, then down, each weight in two halves.
  const dense = 2 * 2 * 3 * (edge * edge * SIZE + edge * SIZE * SIZE);
  expect(flops).toBeLessThan(dense / 5);
  expect(flops).toBeGreaterThan(0);
});

it('has a filter bank of 0.4 GFLOP', async () => {
  const graph = createGraph('filter bank');
  const image = graph.input('image', 'float32', ['N', 3, SIZE, SIZE]);
  const [features] = await createFilterbank().build(image, ['filterbank']);
  graph.output('features', features!);
  const grey = float32(new Float32Array(3 * SIZE * SIZE), [1, 3, SIZE, SIZE]);
  const places = 112 ** 2 + 56 ** 2 + 56 ** 2 + 28 ** 2;
  const colours = 3 * 3 * SIZE ** 2;
  const gabor = 3 * places * 32 * 11 * 11;
  const pairs = 3 * places * 16 * 32;
  const pyramid = 3 * (112 ** 2 + 56 ** 2 + 28 ** 2) * 6 * 6 + 3 * 28 ** 2 * 5 * 5;
  expect(await graphFlops(graph.toModel(), { image: grey })).toBe(
    2 * (colours + gabor + pairs + pyramid),
  );
});

it('has PaDiM read three quarters of its matrices', async () => {
  const [height, width, dimension] = [4, 5, 20];
  const positions = height * width;
  const graph = createGraph('padim');
  const rows = graph.input('embedding', 'float32', ['patches', dimension]);
  const tables = {
    mean: new Float32Array(positions * dimension),
    whitening: stripsOf(new Float32Array(positions * dimension ** 2), dimension),
  };
  const { found } = padimHead(tables, DEFAULT_MAP)(
    { rows, dimension, grid: [height, width] },
    [8, 10],
  );
  graph.output('distance', { ...found[0]!, shape: ['patches'] });
  const embedding = float32(new Float32Array(positions * dimension), [positions, dimension]);
  // The map of 8 x 10 pixels: down, then across.
  const map = 8 * height * width + 8 * width * 10;
  expect(await graphFlops(graph.toModel(), { embedding })).toBe(
    2 * (0.75 * positions * dimension ** 2 + map),
  );
});
