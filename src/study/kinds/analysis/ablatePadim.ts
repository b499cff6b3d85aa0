/** `ablate-padim`: variants of PaDiM from one pass through the backbone. */
import { createRandom } from '../../../core/random.ts';
import { createColumnStatistics } from '../../../detector/columnStatistics.ts';
import { type EmbeddingSpill, openEmbeddingSpill } from '../../../detector/embeddingSpill.ts';
import { columnsOf, imagesOf } from '../../../detector/embeddingViews.ts';
import { buildSharedEmbedder } from '../../../detector/inspector/sharedEmbedder.ts';
import { randomChannels } from '../../../detector/padim/channels.ts';
import { createGaussianLearner } from '../../../detector/padim/gaussianLearner.ts';
import { regulariserOf } from '../../../detector/padim/whitening.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { embeddedImages } from '../../embeddedImages.ts';
import { openPlannedBackbone } from '../../network.ts';
import { conditionSamples } from '../condition.ts';
import { padimModel } from '../gaussians.ts';
import { writeVariants } from './ablationFile.ts';
import type { AblatePadimOptions, PadimVariant } from './ablationOptions.ts';
import { scoreEmbeddings } from './scoreEmbeddings.ts';
import { backbonePlace, trainingImages } from './variantImages.ts';

export const ablatePadimKind: Kind = {
  name: 'ablate-padim',
  version: 1,
  async run(context: JobContext<AblatePadimOptions>) {
    const { options, folder, control } = context;
    const { network, variants, training, images, seed } = options;
    const backbone = await openPlannedBackbone(network, backbonePlace(context, network));
    const { layers, preprocessing } = network;
    const all = (total: number) => Array.from({ length: total }, (_, channel) => channel);
    const wanted = [{ layers, kind: all }];
    const embedder = await buildSharedEmbedder({ backbone, preprocessing }, wanted);
    const { output, dimension, grid } = embedder.embeddings[0]!;
    const samples = await conditionSamples(context);
    await using spill = await openEmbeddingSpill(folder, dimension);
    const variances = createColumnStatistics(dimension);
    let seen = 0;
    for await (const image of embeddedImages(embedder, samples, 'embedding images', control)) {
      const rows = image.embeddings[output]!;
      if (seen++ < training) variances.add(rows);
      await spill.append(rows);
    }
    const { variance } = variances.moments();
    const order = createRandom(seed).fork('ablation').shuffle(all(training));
    const results = [];
    for (const [done, variant] of variants.entries()) {
      control.onProgress?.({ step: 'fitting variants', done, total: variants.length });
      const channels = channelsOf(variant, variance, seed);
      const start = performance.now();
      const learnt = trainingImages(order, variant.training);
      const gaussians = await learn(spill, grid, channels, learnt, control.signal);
      const head = padimModel(gaussians, regulariserOf(gaussians, backbone.standardise));
      const fitSeconds = (performance.now() - start) / 1000;
      const patches = grid[0] * grid[1];
      const scored = imagesOf(
        columnsOf(spill, channels),
        patches,
        all(images.length).slice(training),
      );
      const found = await scoreEmbeddings(head, scored, grid, preprocessing.crop, control.signal);
      const { id } = variant;
      results.push({
        scored: { id, dimension: channels.length, bankRows: null, scores: [found.scores] },
        times: { id, fitSeconds, searchMilliseconds: found.milliseconds },
      });
    }
    await writeVariants(
      folder,
      { grid, variants: results.map(({ scored }) => scored) },
      results.map(({ times }) => times),
    );
  },
};

function channelsOf(
  { channels, ranking }: PadimVariant,
  variance: readonly number[],
  seed: number,
): readonly number[] {
  const total = variance.length;
  const count = Math.min(channels, total);
  // As `fit --seed` draws them.
  if (ranking === 'random')
    return randomChannels(count, createRandom(seed).fork('channels'))(total);
  return [...variance.keys()]
    .sort((a, b) => variance[b]! - variance[a]! || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

async function learn(
  spill: EmbeddingSpill,
  grid: readonly [number, number],
  channels: readonly number[],
  images: readonly number[],
  signal: AbortSignal | undefined,
) {
  const positions = grid[0] * grid[1];
  const source = columnsOf(spill, channels);
  const learner = createGaussianLearner(positions, channels.length);
  for (const image of images) {
    signal?.throwIfAborted();
    learner.learn(await source.readRange(image * positions, (image + 1) * positions));
  }
  return learner.finish();
}
