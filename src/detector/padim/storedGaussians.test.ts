import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { constantIn } from '../../tensor/onnx/halfConstants.ts';
import type { FindConstant } from '../../tensor/onnx/storedModel.ts';
import { DEFAULT_MAP } from '../anomalyMap.ts';
import { buildScorer } from '../inspector/buildScorer.ts';
import { addImages, createGaussians } from './gaussians.ts';
import { padimHead } from './padim.ts';
import { readStoredGaussians } from './storedGaussians.ts';
import { whiteningMatrices } from './whitening.ts';

const POSITIONS = 6;
const REGULARISER = 0.01;

/** Images whose channels hang together. */
function images(count: number, dimension: number, name: string): Float32Array[] {
  const random = createRandom(name);
  return Array.from({ length: count }, () => {
    const common = random.normal();
    return Float32Array.from(
      { length: POSITIONS * dimension },
      (_, i) => 3 + common + ((i % 5) + 1) * 0.3 * random.normal(),
    );
  });
}

function stored(dimension: number, seen: readonly Float32Array[]): FindConstant {
  const gaussians = createGaussians(POSITIONS, dimension);
  addImages(gaussians, seen);
  const head = padimHead(
    {
      mean: Float32Array.from(gaussians.mean),
      whitening: whiteningMatrices(gaussians, REGULARISER),
    },
    DEFAULT_MAP,
  );
  const judge = buildScorer({ dimension, grid: [2, 3] }, head, [8, 12]);
  return async (name) => constantIn(judge, name);
}

describe('readStoredGaussians', () => {
  // One matrix in two strips; an odd dimension; a single strip.
  it.each([22, 8, 7, 1])(
    'takes the scatter of %d channels from its whitening matrices',
    async (dimension) => {
      const seen = images(30, dimension, 'seen');
      const expected = createGaussians(POSITIONS, dimension);
      addImages(expected, seen);
      const found = await readStoredGaussians(stored(dimension, seen), seen.length, REGULARISER);
      expect(found).toMatchObject({ positions: POSITIONS, dimension, count: 30 });
      const largest = Math.max(...expected.scatter);
      for (const [i, value] of expected.scatter.entries()) {
        expect(Math.abs(found.scatter[i]! - value)).toBeLessThan(1e-5 * largest);
      }
      for (const [i, value] of expected.mean.entries()) expect(found.mean[i]).toBeCloseTo(value, 5);
    },
  );

  it('goes on as if all images had been seen at once', async () => {
    const seen = images(20, 8, 'seen');
    const more = images(12, 8, 'more');
    const updated = await readStoredGaussians(stored(8, seen), seen.length, REGULARISER);
    addImages(updated, more);
    const atOnce = createGaussians(POSITIONS, 8);
    addImages(atOnce, [...seen, ...more]);
    const expected = whiteningMatrices(atOnce, REGULARISER);
    const found = whiteningMatrices(updated, REGULARISER);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 3);
    // The regulariser counted twice would show.
    const twice = whiteningMatrices(atOnce, 2 * REGULARISER);
    expect(Math.max(...expected.map((value, i) => Math.abs(value - twice[i]!)))).toBeGreaterThan(
      0.01,
    );
  });

  it('says so where a file has no Gaussians', async () => {
    const nothing = async () => undefined;
    await expect(readStoredGaussians(nothing, 5, REGULARISER)).rejects.toThrow(/cannot be updated/);
  });
});
