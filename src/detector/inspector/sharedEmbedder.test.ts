import { expect, it } from 'vitest';
import { pattern } from '../../../test/support/pattern.ts';
import type { Backbone } from '../../backbone/backbone.ts';
import { createRandom } from '../../core/random.ts';
import { asFloat32 } from '../../tensor/elementType.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { averagePool } from '../../tensor/ops/neural.ts';
import { openSession } from '../../tensor/session/session.ts';
import { randomChannels } from '../padim/channels.ts';
import { buildEmbedder } from './buildInspector.ts';
import { imageTensor } from './inspector.ts';
import { buildSharedEmbedder, type WantedEmbedding } from './sharedEmbedder.ts';

/** Its layers are the image averaged over squares. */
const SIZES: Readonly<Record<string, number>> = { fine: 2, middle: 4, coarse: 8 };
const backbone: Backbone = {
  name: 'averages',
  sha256: null,
  layers: Object.keys(SIZES),
  defaultLayers: ['middle', 'coarse'],
  standardise: true,
  weightBytes: 0,
  build: async (picture, layers) =>
    layers.map((layer) => {
      const size = SIZES[layer]!;
      return averagePool(picture, { kernel: [size, size], stride: size });
    }),
};
const preprocessing = { resize: 64, crop: 64 };
const image = imageTensor(pattern(80, 72));

async function run(model: ModelProto) {
  await using session = await openSession(encodeModel(model));
  return session.run({ image });
}

it('gives each embedding as a graph of its own would, whatever layers each takes', async () => {
  const channels = randomChannels(7, createRandom(1));
  const wanted: WantedEmbedding[] = [
    { layers: ['middle', 'coarse'], kind: 'concat' },
    { layers: ['fine', 'middle', 'coarse'], kind: channels },
    { layers: ['coarse'], kind: 'concat' },
  ];
  const { model, embeddings, layerWidths } = await buildSharedEmbedder(
    { backbone, preprocessing },
    wanted,
  );
  expect(layerWidths).toEqual({ middle: 3, coarse: 3, fine: 3 });
  const together = await run(model);
  expect(embeddings.map(({ output }) => output)).toEqual(Object.keys(together));
  for (const [place, { layers, kind: embedding }] of wanted.entries()) {
    const alone = await buildEmbedder({ backbone, preprocessing, layers, embedding });
    const { output, dimension, grid } = embeddings[place]!;
    expect({ dimension, grid }).toEqual({ dimension: alone.dimension, grid: alone.grid });
    const { embedding: rows } = await run(alone.model);
    expect(asFloat32(together[output]!)).toEqual(asFloat32(rows!));
  }
});
