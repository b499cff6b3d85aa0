/**
 * PaDiM against anomalib on the real photographs and weights: the same images and channels, every
 * score, a map and the means. ../shared/README.md says how the reference files were made.
 */
import { expect, it } from 'vitest';
import { openOnnxBackbone } from '../src/backbone/onnxFile.ts';
import { imageTensor } from '../src/detector/inspector/inspector.ts';
import { embedChannels } from '../src/detector/padim/channels.ts';
import { addImages, createGaussians, merge } from '../src/detector/padim/gaussians.ts';
import { padimHead } from '../src/detector/padim/padim.ts';
import { whiteningMatrices } from '../src/detector/padim/whitening.ts';
import { stripsOf } from '../src/detector/padim/whiteningStrips.ts';
import { preprocess } from '../src/detector/preprocess.ts';
import { decodeImage } from '../src/image/decodeImage.ts';
import { asFloat32 } from '../src/tensor/elementType.ts';
import { createGraph } from '../src/tensor/graph.ts';
import { encodeModel } from '../src/tensor/onnx/protoParts.ts';
import { openSession } from '../src/tensor/session/session.ts';
import { describeWithShared, referenceJson, referenceNpy, sharedPath } from './support/shared.ts';

interface Reference {
  readonly train: string[];
  readonly test: string[];
  readonly layers: string[];
  readonly channel_index: number[];
  readonly score: number[];
}

const POSITIONS = 56 * 56;
const ANOMALIB_REGULARISER = 0.01001;
const weights = sharedPath('weights/resnet50-v2-imagenet-layers1-3.onnx');
const photograph = async (id: string) =>
  imageTensor(await decodeImage(sharedPath('data/mvtec/bottle', id)));

describeWithShared('PaDiM as anomalib computes it', () => {
  it('agrees in means, scores and map', { timeout: 120_000 }, async () => {
    const reference = referenceJson<Reference>('padim_anomalib.json');
    const order = reference.channel_index.map((_, i) => i);
    order.sort((a, b) => reference.channel_index[a]! - reference.channel_index[b]!);
    const channels = order.map((i) => reference.channel_index[i]!);
    const backbone = await openOnnxBackbone(weights);
    const embedder = async () => {
      const graph = createGraph('padim');
      const image = preprocess(graph.input('image', 'uint8', ['N', 'H', 'W', 3]), {
        resize: 224,
        crop: 224,
      });
      return {
        graph,
        embedding: embedChannels(await backbone.build(image, reference.layers), () => channels),
      };
    };

    const { graph, embedding } = await embedder();
    graph.output('rows', embedding.rows);
    await using session = await openSession(encodeModel(graph.toModel()));
    // Two halves merged must be what all images one by one are.
    const [all, second] = [createGaussians(POSITIONS, 100), createGaussians(POSITIONS, 100)];
    for (const [i, id] of reference.train.entries()) {
      const { rows } = await session.run({ image: await photograph(id) });
      addImages(i < 25 ? all : second, [asFloat32(rows!)]);
    }
    merge(all, second);
    expect(all.count).toBe(reference.train.length);

    const means = referenceNpy('padim_anomalib_mean.npy').data as Float32Array;
    for (let channel = 0; channel < 100; channel++) {
      for (let i = 0; i < 56; i++) {
        const expected = means[order[channel]! * 56 + i]!;
        expect(all.mean[i * 56 * 100 + channel]!).toBeCloseTo(expected, 3);
      }
    }

    const whitening = stripsOf(whiteningMatrices(all, ANOMALIB_REGULARISER), 100);
    const scorer = await embedder();
    const map = { upsampling: 'bilinear', squared: false, border: 'reflect' } as const;
    const tables = { mean: Float32Array.from(all.mean), whitening };
    const scored = padimHead(tables, map)(scorer.embedding, [224, 224]);
    scorer.graph.output('score', scored.score);
    scorer.graph.output('map', scored.map);
    await using inspector = await openSession(encodeModel(scorer.graph.toModel()));
    for (const [i, id] of reference.test.entries()) {
      if (i % 4 !== 0) continue;
      const found = await inspector.run({ image: await photograph(id) });
      expect(asFloat32(found.score!)[0]! / reference.score[i]!).toBeCloseTo(1, 3);
      if (id !== 'test/broken_large/000.png') continue;
      const expected = referenceNpy('padim_anomalib_map_broken_large_000.npy').data as Float32Array;
      const highest = Math.max(...expected);
      const difference = asFloat32(found.map!).map((value, k) => Math.abs(value - expected[k]!));
      expect(Math.max(...difference) / highest).toBeLessThan(1e-3);
    }
  });
});
