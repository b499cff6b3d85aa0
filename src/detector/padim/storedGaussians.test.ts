import { describe, expect, it } from 'vitest';
import { gaussianImages, REGULARISER, storedIn } from '../../../test/support/storedGaussians.ts';
import { addImages, createGaussians, triangleSize } from './gaussians.ts';
import { channelVariances, readStoredGaussians } from './storedGaussians.ts';

const POSITIONS = 6;

describe('readStoredGaussians', () => {
  // An even and an odd dimension, in two strips; a single strip.
  it.each([8, 7, 1])('takes %d channels as they lie in the file', async (dimension) => {
    const seen = gaussianImages(30, POSITIONS, dimension, 'seen');
    const found = await readStoredGaussians(storedIn(dimension, [2, 3], seen), 30, REGULARISER);
    expect(found).toMatchObject({ positions: POSITIONS, dimension, count: 30 });
    const expected = createGaussians(POSITIONS, dimension);
    addImages(expected, seen);
    for (const [i, value] of expected.mean.entries()) expect(found.mean[i]).toBeCloseTo(value, 5);
    expect(found.strips.map(({ values }) => values.length)).toEqual(
      dimension === 1
        ? [POSITIONS]
        : [
            POSITIONS * Math.ceil(dimension / 2) ** 2,
            POSITIONS * dimension * Math.floor(dimension / 2),
          ],
    );
  });

  it('says so where a file has no Gaussians', async () => {
    const nothing = async () => undefined;
    await expect(readStoredGaussians(nothing, 5, REGULARISER)).rejects.toThrow(/cannot be updated/);
  });

  it('says so where matrices are not for the means', async () => {
    const good = storedIn(8, [2, 3], gaussianImages(5, POSITIONS, 8, 'seen'));
    const other = storedIn(8, [2, 4], gaussianImages(5, 8, 8, 'seen'));
    const mixed = (name: string) => (name === 'search/whitening_1' ? other : good)(name);
    await expect(readStoredGaussians(mixed, 5, REGULARISER)).rejects.toThrow(/cannot be updated/);
  });
});

describe('channelVariances', () => {
  it.each([22, 7, 1])('are those of the images, of %d channels', async (dimension) => {
    const seen = gaussianImages(30, POSITIONS, dimension, 'seen');
    const stored = await readStoredGaussians(storedIn(dimension, [2, 3], seen), 30, REGULARISER);
    const all = createGaussians(POSITIONS, dimension);
    addImages(all, seen);
    const found = channelVariances(stored, 2);
    for (const [channel, variance] of found.entries()) {
      const place = triangleSize(channel + 1) - 1;
      const own = [0, 2, 4].map(
        (position) => all.scatter[position * triangleSize(dimension) + place]! / 29,
      );
      expect(variance / (own.reduce((a, b) => a + b) / 3)).toBeCloseTo(1, 3);
    }
  });
});
