import { expect, it } from 'vitest';
import { pattern } from '../../../test/support/pattern.ts';
import { describeWithShared, sharedPath } from '../../../test/support/shared.ts';
import type { Backbone } from '../../backbone/backbone.ts';
import { openBackbone } from '../../backbone/openBackbone.ts';
import { createRandom } from '../../core/random.ts';
import { asFloat32, float32, type Tensor } from '../../tensor/elementType.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { openSession } from '../../tensor/session/session.ts';
import { randomChannels } from '../padim/channels.ts';
import { imageTensor } from './inspector.ts';
import {
  buildFeatureKeeper,
  buildKeptEmbedder,
  KEPT_EMBEDDING,
  keptLayerName,
} from './keptFeatures.ts';
import { buildSharedEmbedder, type WantedEmbedding } from './sharedEmbedder.ts';

const image = imageTensor(pattern(80, 72));
const choice = (count: number, seed: number) => randomChannels(count, createRandom(seed));

async function run(model: ModelProto, feeds: Record<string, Tensor>) {
  await using session = await openSession(encodeModel(model));
  return session.run(feeds);
}

/** Each embedding from a graph that makes nothing else, and from what was kept for all. */
async function bothWays(backbone: Backbone, edge: number, padim: readonly string[], count: number) {
  const preprocessing = { resize: edge, crop: edge };
  const choices = [1, 2, 3].map((seed) => choice(count, seed));
  const layers = backbone.defaultLayers;
  const { model, kept } = await buildFeatureKeeper(
    { backbone, preprocessing },
    { patchcore: { layers, kind: 'concat' }, padim: { layers: padim, choices } },
  );
  const features = await run(model, { image });
  const alone = async (wanted: WantedEmbedding) => {
    const built = await buildSharedEmbedder({ backbone, preprocessing }, [wanted]);
    const outputs = await run(built.model, { image });
    const { output, ...embedding } = built.embeddings[0]!;
    return { ...embedding, rows: asFloat32(outputs[output]!) };
  };
  // The last seed by itself: what was kept for others beside it does not matter.
  const one = buildKeptEmbedder(kept, [choices[2]!]);
  const feeds = kept.padim!.flatMap(({ channels, grid }, place) => {
    if (channels.length === 0) return [];
    const name = keptLayerName(place);
    return [[name, float32(asFloat32(features[name]!), [1, channels.length, ...grid])] as const];
  });
  const { output, ...embedding } = one.embeddings[0]!;
  const rows = asFloat32((await run(one.model, Object.fromEntries(feeds)))[output]!);
  return {
    kept,
    patchcore: { ...kept.patchcore!, rows: asFloat32(features[KEPT_EMBEDDING]!) },
    patchcoreAlone: await alone({ layers, kind: 'concat' }),
    padim: { ...embedding, rows },
    padimAlone: await alone({ layers: padim, kind: choice(count, 3) }),
  };
}

it('gives back what each graph by itself gives, and keeps no channel that nobody reads', async () => {
  const { kept, ...both } = await bothWays(await openBackbone('filterbank'), 64, ['filterbank'], 9);
  expect(both.patchcore).toEqual(both.patchcoreAlone);
  expect(both.padim).toEqual(both.padimAlone);
  const wanted = [1, 2, 3].flatMap((seed) => choice(9, seed)(207));
  expect(kept.padim![0]!.channels).toEqual([...new Set(wanted)].sort((a, b) => a - b));
  expect(kept.layerWidths).toEqual({ filterbank: 207 });
});

describeWithShared('of a ResNet-50', () => {
  it('gives back the same numbers to the last bit', { timeout: 180_000 }, async () => {
    const backbone = await openBackbone(sharedPath('weights/resnet50-v2-imagenet-layers1-3.onnx'));
    const { kept, ...both } = await bothWays(backbone, 96, backbone.layers.slice(0, 3), 20);
    expect(both.patchcore).toEqual(both.patchcoreAlone);
    expect(both.padim).toEqual(both.padimAlone);
    expect(kept.padim!.map(({ grid }) => grid[0])).toEqual([24, 12, 6]);
  });
});
