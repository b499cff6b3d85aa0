import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paintMaps } from '../../test/support/paintedMaps.ts';
import { describeWithShared, referenceNpy } from '../../test/support/shared.ts';
import { createRandom } from '../core/random.ts';
import { countPixels } from './pixelCounts.ts';
import { measurePixels, type PixelMetrics, pixelMetrics } from './pixelMetrics.ts';
import type { PixelImage } from './pixelScores.ts';
import { weightedPixelMetrics } from './weightedPixelMetrics.ts';

async function weighted(images: readonly PixelImage[], proLimit = 0.3) {
  const { bins } = await measurePixels(images, proLimit, {});
  return weightedPixelMetrics(await countPixels(images, bins), proLimit);
}

const drawn = (images: readonly PixelImage[], weights: readonly number[]) =>
  images.flatMap((image, i) => Array.from({ length: weights[i]! }, () => image));

function expectWithin(found: PixelMetrics, expected: PixelMetrics, bound: number): void {
  for (const name of ['auroc', 'average_precision', 'pro'] as const) {
    if (expected[name] === null) expect(found[name], name).toBeNull();
    else expect(Math.abs(found[name]! - expected[name]), name).toBeLessThan(bound);
  }
}

describeWithShared('weightedPixelMetrics against the reference', () => {
  const maps = referenceNpy('metrics_pixel_maps.npy');
  const masks = referenceNpy('metrics_pixel_masks.npy');
  const [count, height, width] = maps.shape as [number, number, number];
  const size = height * width;
  const images = Array.from({ length: count }, (_, i) => ({
    width,
    height,
    scores: (maps.data as Float32Array).subarray(i * size, (i + 1) * size),
    mask: (masks.data as Uint8Array).subarray(i * size, (i + 1) * size),
  }));
  const WEIGHTS = [3, 0, 1, 2, 0, 1, 1, 4, 0, 1, 2, 1];

  // Expected: scikit-learn's roc_auc_score(masks, maps, sample_weight=w) and
  // average_precision_score(masks, maps, sample_weight=w) with w the image's weight at each pixel;
  // PRO with numpy.cumsum over the sorted pixels, of w and of w over the area of the region that
  // skimage.measure.label(mask, connectivity=2) gives, and numpy.trapezoid.
  test('is within 1e-3 for images of different weights', async () => {
    const expected = {
      auroc: 0.9168079275229368,
      average_precision: 0.32197674770377854,
      pro: 0.4674259992763788,
    };
    expectWithin((await weighted(images))(WEIGHTS), expected, 1e-3);
    expectWithin(
      (await weighted(images, 0.05))(WEIGHTS),
      { ...expected, pro: 0.24021711168679244 },
      1e-3,
    );
  });

  test('is within 1e-3 for one image left out', async () => {
    const expected = {
      auroc: 0.9281830051007476,
      average_precision: 0.4399202182203518,
      pro: 0.5067396742873347,
    };
    expectWithin((await weighted(images))([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]), expected, 1e-3);
  });

  test('is exact where many pixels share few scores', async () => {
    const tied = images.map((image) => ({
      ...image,
      scores: image.scores.map((score) => Math.round(score * 8) / 8),
    }));
    // As above, of numpy.round(maps * 8) / 8: 33 different scores.
    const expected = {
      auroc: 0.9150275452833839,
      average_precision: 0.28641500876438697,
      pro: 0.4701546240034608,
    };
    expectWithin((await weighted(tied))(WEIGHTS), expected, 1e-7);
  });
});

describe('weightedPixelMetrics', () => {
  test('is within 1e-3 of the metrics of the images drawn', async () => {
    const images = paintMaps(12, 96);
    const metrics = await weighted(images);
    const random = createRandom('draws');
    const once = images.map(() => 1);
    expectWithin(metrics(once), await pixelMetrics(images), 1e-3);
    for (let draw = 0; draw < 3; draw++) {
      const weights = images.map(() => 0);
      for (let i = 0; i < images.length; i++) weights[random.integer(images.length)]!++;
      expectWithin(metrics(weights), await pixelMetrics(drawn(images, weights)), 1e-3);
    }
  });

  test('is exact for few pixels, whatever the scores and weights', async () => {
    const score = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
    );
    const pixels = { minLength: 6, maxLength: 6 };
    const image = fc.record({
      width: fc.constant(3),
      height: fc.constant(2),
      scores: fc.array(score, pixels).map((values) => Float32Array.from(values)),
      mask: fc.array(fc.constantFrom(0, 1), pixels).map((values) => Uint8Array.from(values)),
    });
    const weighed = fc.tuple(image, fc.integer({ min: 0, max: 3 }));
    const limit = fc.constantFrom(0.05, 0.3, 1);
    await fc.assert(
      fc.asyncProperty(fc.array(weighed, { maxLength: 4 }), limit, async (all, proLimit) => {
        const images = all.map(([each]) => each);
        const weights = all.map(([, weight]) => weight);
        const found = (await weighted(images, proLimit))(weights);
        expectWithin(found, await pixelMetrics(drawn(images, weights), proLimit), 1e-6);
      }),
      { numRuns: 50 },
    );
  });

  test('gives chance for constant maps', async () => {
    const constant = paintMaps(4, 32).map((image) => ({
      ...image,
      scores: image.scores.fill(1),
    }));
    const metrics = await weighted(constant);
    for (const weights of [
      [1, 1, 1, 1],
      [3, 1, 0, 2],
    ]) {
      const found = metrics(weights);
      expect(found.auroc).toBe(0.5);
      expect(found.pro).toBeCloseTo(0.15, 7);
    }
  });

  test('is null where defective or normal pixels have no weight', async () => {
    const none = { auroc: null, average_precision: null, pro: null };
    const metrics = await weighted(paintMaps(3, 16));
    expect(metrics([1, 0, 2])).toEqual(none);
    expect(metrics([0, 0, 0])).toEqual(none);
    const [image] = paintMaps(2, 8).slice(1);
    const allDefective = { ...image!, mask: image!.mask.fill(1) };
    expect((await weighted([allDefective]))([1])).toEqual(none);
    expect((await weighted([]))([])).toEqual(none);
  });
});
