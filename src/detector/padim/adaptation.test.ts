import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../test/support/relativeError.ts';
import { createRandom } from '../../core/random.ts';
import { adaptationFactors, createPadimAdapter } from './adaptation.ts';
import { addImage, createGaussians, type Gaussians } from './gaussians.ts';
import { whiteningMatrices } from './whitening.ts';

const POSITIONS = 5;
const REGULARISER = 0.02;

/** Correlated features about a mean of their own; `lamp` moves and stretches them. */
function images(count: number, dimension: number, seed: string, lamp = 0): Float32Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const common = random.normal();
    return Float32Array.from(
      { length: POSITIONS * dimension },
      (_, i) => (i % 3) + (1 + lamp) * (common * (i % 5) + 0.5 * random.normal()) + lamp * (i % 7),
    );
  });
}

function learn(dimension: number, samples: readonly Float32Array[]): Gaussians {
  const gaussians = createGaussians(POSITIONS, dimension);
  for (const sample of samples) addImage(gaussians, sample);
  return gaussians;
}

/** As an inspector computes them, from a model fitted to all of the images. */
function refitted(
  dimension: number,
  samples: readonly Float32Array[],
  image: Float32Array,
): number[] {
  const gaussians = learn(dimension, samples);
  const matrices = whiteningMatrices(gaussians, REGULARISER);
  return Array.from({ length: POSITIONS }, (_, position) => {
    let square = 0;
    for (let i = 0; i < dimension; i++) {
      let white = 0;
      for (let j = 0; j <= i; j++) {
        const place = position * dimension + j;
        const weight = matrices[(position * dimension + i) * dimension + j]!;
        white += weight * (image[place]! - gaussians.mean[place]!);
      }
      square += white * white;
    }
    return Math.sqrt(square);
  });
}

describe('createPadimAdapter', () => {
  it.each([
    { clean: 30, dimension: 6, pool: 9, chosen: [4], lamp: 0.5 },
    { clean: 30, dimension: 6, pool: 9, chosen: [8, 0, 3], lamp: 0.5 },
    { clean: 30, dimension: 7, pool: 12, chosen: [1, 2, 3, 4, 11, 9, 7, 8, 0, 5], lamp: 3 },
    { clean: 2, dimension: 9, pool: 4, chosen: [3, 2, 1, 0], lamp: 0 },
    { clean: 2, dimension: 9, pool: 1, chosen: [0], lamp: 20 },
    { clean: 5, dimension: 1, pool: 6, chosen: [5, 1], lamp: 1 },
  ])(
    'gives what refitting gives: $chosen of $pool, dimension $dimension, after $clean',
    async ({ clean, dimension, pool: poolSize, chosen, lamp }) => {
      const first = images(clean, dimension, 'clean');
      const pool = images(poolSize, dimension, 'pool', lamp);
      const targets = [...images(3, dimension, 'target', lamp), first[0]!, pool[chosen[0]!]!];
      const factors = adaptationFactors(learn(dimension, first), REGULARISER, chosen.length);
      await using adapter = await createPadimAdapter(factors, pool, targets);
      const found = await adapter.adapt(chosen);
      const added = chosen.map((index) => pool[index]!);
      const expected = {
        targets: targets.map((image) => refitted(dimension, [...first, ...added], image)),
        chosen: added.map((image) =>
          refitted(dimension, [...first, ...added.filter((other) => other !== image)], image),
        ),
      };
      for (const part of ['targets', 'chosen'] as const) {
        expect(found[part]).toHaveLength(expected[part].length);
        for (const [i, distances] of found[part].entries()) {
          expect(relativeError(distances, expected[part][i]!)).toBeLessThan(1e-5);
        }
      }
    },
  );
});
