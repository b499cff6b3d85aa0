import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../test/support/relativeError.ts';
import { createRandom } from '../../core/random.ts';
import { createPadimAdapter } from './adaptation.ts';
import { adaptationFactors } from './adaptationFactors.ts';
import { addImages, createGaussians, type Gaussians } from './gaussians.ts';
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
  for (const sample of samples) addImages(gaussians, [sample]);
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
      const adapter = await createPadimAdapter(factors, pool, targets);
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

  it('serves many choices, lamps and positions with the same factors', async () => {
    const [positions, dimension] = [300, 2];
    const random = createRandom('many');
    const draw = (count: number, shift: number) =>
      Array.from({ length: count }, () =>
        Float32Array.from({ length: positions * dimension }, () => shift + random.normal()),
      );
    const clean = draw(12, 0);
    const gaussians = createGaussians(positions, dimension);
    for (const image of clean) addImages(gaussians, [image]);
    const factors = adaptationFactors(gaussians, REGULARISER, 2);
    for (const shift of [1, 5]) {
      const pool = draw(4, shift);
      const target = draw(1, shift)[0]!;
      const adapter = await createPadimAdapter(factors, pool, [target]);
      for (const chosen of [
        [0, 1],
        [3, 2],
        [1, 3],
      ]) {
        const { targets } = await adapter.adapt(chosen);
        const model = createGaussians(positions, dimension);
        for (const image of [...clean, ...chosen.map((i) => pool[i]!)]) addImages(model, [image]);
        for (const position of [0, 127, 128, 299]) {
          const expected = planeDistance(model, target, position);
          expect(targets[0]![position]! / expected).toBeCloseTo(1, 5);
        }
      }
    }
  });

  it('refuses other choices than those it is for', async () => {
    const pool = images(4, 2, 'pool');
    const factors = adaptationFactors(learn(2, images(5, 2, 'clean')), REGULARISER, 2);
    const adapter = await createPadimAdapter(factors, pool, []);
    for (const chosen of [[1], [1, 1], [0, 4], [-1, 0], [0.5, 1], [0, 1, 2]]) {
      await expect(adapter.adapt(chosen)).rejects.toThrow('2 distinct indices below 4');
    }
    expect((await adapter.adapt([3, 0])).targets).toEqual([]);
    await expect(createPadimAdapter(factors, pool.slice(1, 2), [])).rejects.toThrow('1 images');
    const short = [...pool, new Float32Array(9)];
    await expect(createPadimAdapter(factors, short, [])).rejects.toThrow('one of 9 numbers');
  });

  it('needs a clean model of two images', () => {
    const one = learn(2, images(1, 2, 'clean'));
    expect(() => adaptationFactors(one, REGULARISER, 3)).toThrow('at least 2 training');
  });
});

/** By the inverse of a matrix of two rows and columns. */
function planeDistance({ count, mean, scatter }: Gaussians, image: Float32Array, position: number) {
  const [a, b, c] = Array.from(
    scatter.subarray(3 * position, 3 * position + 3),
    (value, i) => value / (count - 1) + (i === 1 ? 0 : REGULARISER),
  ) as [number, number, number];
  const x = image[2 * position]! - mean[2 * position]!;
  const y = image[2 * position + 1]! - mean[2 * position + 1]!;
  return Math.sqrt((c * x * x - 2 * b * x * y + a * y * y) / (a * c - b * b));
}
