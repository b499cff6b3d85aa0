/** PaDiM: a Gaussian for each patch position, updated image by image. */
import type { Backbone } from '../../backbone/backbone.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import type { Embedder } from '../../detector/inspector/buildInspector.ts';
import { createGaussianLearner } from '../../detector/padim/gaussianLearner.ts';
import { padimHead } from '../../detector/padim/padim.ts';
import { regulariserOf, whiteningMatrices } from '../../detector/padim/whitening.ts';
import { stripsOf } from '../../detector/padim/whiteningStrips.ts';
import { checkGaussiansSize } from './checkFit.ts';
import type { Learner } from './learner.ts';

/** @throws FlawmapError (input) where the matrices would not fit into memory or the file */
export function padimLearner(
  { dimension, grid, channels = [] }: Omit<Embedder, 'model'>,
  { standardise, weightBytes }: Pick<Backbone, 'standardise' | 'weightBytes'>,
): Learner {
  const positions = grid[0] * grid[1];
  checkGaussiansSize({ positions, dimension, weightBytes });
  const learner = createGaussianLearner(positions, dimension);
  return {
    learn: async (embedding) => learner.learn(embedding),
    async finish() {
      const gaussians = learner.finish();
      const regulariser = regulariserOf(gaussians, standardise);
      const whitening = stripsOf(whiteningMatrices(gaussians, regulariser), gaussians.dimension);
      const mean = Float32Array.from(gaussians.mean);
      return {
        head: padimHead({ mean, whitening }, DEFAULT_MAP),
        metadata: { method: 'padim', channels, regulariser },
        summary: { method: 'padim', positions, dimension },
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}
