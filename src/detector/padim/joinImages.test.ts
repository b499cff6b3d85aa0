import { describe, expect, it } from 'vitest';
import { gaussianImages, REGULARISER, storedIn } from '../../../test/support/storedGaussians.ts';
import { memorySource } from '../embeddingViews.ts';
import { joinArrays } from '../joinArrays.ts';
import { addImages, createGaussians } from './gaussians.ts';
import { joinImages } from './joinImages.ts';
import { readStoredGaussians } from './storedGaussians.ts';
import { regulariserOf, whiteningMatrices } from './whitening.ts';
import { stripsOf } from './whiteningStrips.ts';

interface Case {
  readonly dimension: number;
  readonly grid: readonly [number, number];
  readonly joining: number;
}

const atOnce = ({ dimension, grid }: Case, images: readonly Float32Array[]) => {
  const gaussians = createGaussians(grid[0] * grid[1], dimension);
  addImages(gaussians, images);
  return gaussians;
};

/** Learns from 20 images, then from others, and from all at once. */
async function both(given: Case, standardised = false, shift = 0) {
  const { dimension, grid, joining } = given;
  const positions = grid[0] * grid[1];
  const seen = gaussianImages(20, positions, dimension, 'seen');
  const more = gaussianImages(joining, positions, dimension, 'more').map((image) =>
    image.map((value) => value + shift),
  );
  const before = regulariserOf(atOnce(given, seen), standardised);
  const stored = await readStoredGaussians(storedIn(dimension, grid, seen, before), 20, before);
  const source = memorySource(joinArrays(more), dimension);
  const found = await joinImages(stored, source, standardised);
  const all = atOnce(given, [...seen, ...more]);
  const regulariser = regulariserOf(all, standardised);
  const expected = stripsOf(whiteningMatrices(all, regulariser), dimension);
  return { found, all, regulariser, expected };
}

function expectClose(found: Float32Array, expected: Float32Array): void {
  expect(found).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = 0;
  for (const [i, value] of expected.entries()) {
    worst = Math.max(worst, Math.abs(found[i]! - value) / largest);
  }
  expect(worst).toBeLessThan(2e-5);
}

describe('joinImages', () => {
  it.each<Case>([
    { dimension: 8, grid: [2, 3], joining: 12 },
    { dimension: 7, grid: [2, 3], joining: 1 },
    { dimension: 1, grid: [2, 3], joining: 5 },
    // More positions, and more images, than are worked on together.
    { dimension: 4, grid: [20, 20], joining: 40 },
  ])(
    'is as if all images had been seen at once: $dimension channels, $joining more',
    async (given) => {
      const { found, all, expected } = await both(given);
      expectClose(found.mean, Float32Array.from(all.mean));
      for (const [i, { values }] of expected.entries())
        expectClose(found.whitening[i]!.values, values);
      expect(found.regulariser).toBe(REGULARISER);
      // The regulariser counted twice would show.
      const twice = stripsOf(whiteningMatrices(all, 2 * REGULARISER), given.dimension);
      const difference = (strips: typeof expected) =>
        Math.abs(strips[0]!.values[0]! - expected[0]!.values[0]!);
      expect(difference(twice)).toBeGreaterThan(20 * difference(found.whitening));
    },
  );

  it('takes in images that are far from those before', async () => {
    const { found, expected } = await both({ dimension: 8, grid: [2, 3], joining: 12 }, false, 30);
    for (const [i, { values }] of expected.entries())
      expectClose(found.whitening[i]!.values, values);
  });

  it('has the regulariser follow the variance of standardised features', async () => {
    const { found, regulariser, expected } = await both(
      { dimension: 8, grid: [2, 3], joining: 12 },
      true,
      5,
    );
    expect(found.regulariser / regulariser).toBeCloseTo(1, 6);
    for (const [i, { values }] of expected.entries())
      expectClose(found.whitening[i]!.values, values);
  });
});
