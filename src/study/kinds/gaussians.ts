/** PaDiM's fit: Gaussians for all seeds from one pass over the training images' features. */
import { join } from 'node:path';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import { buildScorer } from '../../detector/inspector/buildScorer.ts';
import { writeGaussians } from '../../detector/padim/gaussianFile.ts';
import { createGaussianLearner } from '../../detector/padim/gaussianLearner.ts';
import type { Gaussians } from '../../detector/padim/gaussians.ts';
import { padimHead } from '../../detector/padim/padim.ts';
import { regulariserOf, whiteningMatrices } from '../../detector/padim/whitening.ts';
import { stripsOf } from '../../detector/padim/whiteningStrips.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { writeScorer } from '../artifacts/scorer.ts';
import { openFeatures } from '../features/openFeatures.ts';
import type { GaussiansOptions } from './jobOptions.ts';

/** What is kept of a fit beside its scorers. */
export interface GaussiansDocument {
  readonly grid: readonly [number, number];
  readonly dimension: number;
  readonly images: number;
  /** Whether the backbone's features have a scale of their own. */
  readonly standardised: boolean;
  /** For each seed. */
  readonly models: readonly {
    readonly seed: number;
    readonly channels: readonly number[];
    readonly regulariser: number;
  }[];
}

export const GAUSSIANS = 'gaussians.json';
export const STATISTICS = 'gaussians.f64';

/** The Gaussians themselves are kept for the first seed alone, which all later stages go on with. */
export const gaussiansKind: Kind = {
  name: 'gaussians',
  version: 1,
  async run(context: JobContext<GaussiansOptions>) {
    const { options, folder, control } = context;
    const { seeds } = options;
    const { category, images, network } = options;
    const use = { category, method: 'padim', network, seeds } as const;
    await using features = await openFeatures(context, use);
    const learners = seeds.map((seed) => {
      const embedding = features.embeddingFor(seed);
      const positions = embedding.grid[0] * embedding.grid[1];
      return { seed, embedding, learner: createGaussianLearner(positions, embedding.dimension) };
    });
    for await (const image of features.images(images, 'learning images', control)) {
      for (const { embedding, learner } of learners) {
        learner.learn(image.embeddings[embedding.output]!);
      }
    }
    const standardised = features.standardise;
    const models: GaussiansDocument['models'][number][] = [];
    for (const { seed, embedding, learner } of learners) {
      control.signal?.throwIfAborted();
      const gaussians = learner.finish();
      const size = network.preprocessing.crop;
      const regulariser = regulariserOf(gaussians, standardised);
      await writePadimScorer(folder, seed, embedding, gaussians, regulariser, size);
      models.push({ seed, channels: embedding.channels ?? [], regulariser });
    }
    await writeGaussians(join(folder, STATISTICS), learners[0]!.learner.finish());
    const { grid, dimension } = learners[0]!.embedding;
    const document: GaussiansDocument = {
      grid,
      dimension,
      images: images.length,
      standardised,
      models,
    };
    await writeJson(join(folder, GAUSSIANS), document);
  },
};

export function padimModel(gaussians: Gaussians, regulariser: number) {
  const whitening = stripsOf(whiteningMatrices(gaussians, regulariser), gaussians.dimension);
  return padimHead({ mean: Float32Array.from(gaussians.mean), whitening }, DEFAULT_MAP);
}

export async function writePadimScorer(
  folder: string,
  seed: number,
  embedding: { readonly dimension: number; readonly grid: readonly [number, number] },
  gaussians: Gaussians,
  regulariser: number,
  size: number,
): Promise<void> {
  const head = padimModel(gaussians, regulariser);
  await writeScorer(folder, seed, buildScorer(embedding, head, [size, size]));
}
