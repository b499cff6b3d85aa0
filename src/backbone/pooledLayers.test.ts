import { expect, test } from 'vitest';
import { asFloat32, float32 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { averagePool } from '../tensor/ops/neural.ts';
import { openSession } from '../tensor/session/session.ts';
import type { Backbone } from './backbone.ts';
import { pooledLayers } from './pooledLayers.ts';

const SIZE = 8;

/** Layers that are the image itself, halved and halved again. */
const halving: Backbone = {
  name: 'halving',
  sha256: null,
  layers: ['whole', 'half', 'quarter'],
  defaultLayers: ['whole'],
  standardise: false,
  weightBytes: 0,
  build: async (image, layers) => {
    const halved = averagePool(image, { kernel: [2, 2], stride: 2 });
    const all = {
      whole: image,
      half: halved,
      quarter: averagePool(halved, { kernel: [2, 2], stride: 2 }),
    };
    return layers.map((layer) => all[layer as keyof typeof all]);
  },
};

async function build(layers: readonly string[]) {
  const graph = createGraph('pooled');
  const image = graph.input('image', 'float32', [1, 3, SIZE, SIZE]);
  const features = await pooledLayers(halving, 'half').build(image, layers);
  features.forEach((feature, i) => {
    graph.output(`y${i}`, feature);
  });
  await using session = await openSession(encodeModel(graph.toModel()));
  const pixels = Float32Array.from({ length: 3 * SIZE * SIZE }, (_, i) => (i * 7) % 31);
  const outputs = await session.run({ image: float32(pixels, [1, 3, SIZE, SIZE]) });
  return { features, maps: features.map((_, i) => asFloat32(outputs[`y${i}`]!)) };
}

test('averages finer layers down to the chosen grid and leaves the others', async () => {
  const { features, maps } = await build(['whole', 'half', 'quarter']);
  expect(features.map(({ shape }) => shape[2])).toEqual([4, 4, 2]);
  expect(maps[0]).toEqual(maps[1]);
});

test('pools to a layer that is not asked for', async () => {
  const { features } = await build(['whole']);
  expect(features[0]!.shape).toEqual([1, 3, 4, 4]);
});
