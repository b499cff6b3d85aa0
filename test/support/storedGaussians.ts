/** Gaussians as an inspector's file holds them. */
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MAP } from '../../src/detector/anomalyMap.ts';
import { buildScorer } from '../../src/detector/inspector/buildScorer.ts';
import { addImages, createGaussians } from '../../src/detector/padim/gaussians.ts';
import { padimHead } from '../../src/detector/padim/padim.ts';
import { whiteningMatrices } from '../../src/detector/padim/whitening.ts';
import { stripsOf } from '../../src/detector/padim/whiteningStrips.ts';
import { constantIn } from '../../src/tensor/onnx/halfConstants.ts';
import type { FindConstant } from '../../src/tensor/onnx/storedModel.ts';

export const REGULARISER = 0.01;

/** Images whose channels hang together. */
export function gaussianImages(
  count: number,
  positions: number,
  dimension: number,
  name: string,
): Float32Array[] {
  const random = createRandom(name);
  return Array.from({ length: count }, () => {
    const common = random.normal();
    return Float32Array.from(
      { length: positions * dimension },
      (_, i) => 3 + common + ((i % 5) + 1) * 0.3 * random.normal(),
    );
  });
}

export function storedIn(
  dimension: number,
  grid: readonly [number, number],
  seen: readonly Float32Array[],
  regulariser = REGULARISER,
): FindConstant {
  const gaussians = createGaussians(grid[0] * grid[1], dimension);
  addImages(gaussians, seen);
  const mean = Float32Array.from(gaussians.mean);
  const whitening = stripsOf(whiteningMatrices(gaussians, regulariser), dimension);
  const judge = buildScorer(
    { dimension, grid },
    padimHead({ mean, whitening }, DEFAULT_MAP),
    [8, 12],
  );
  return async (name) => constantIn(judge, name);
}
