import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson, referenceNpy } from '../../test/support/shared.ts';
import { auroc } from './auroc.ts';
import { averagePrecision } from './averagePrecision.ts';
import { connectedRegions } from './connectedRegions.ts';
import { pixelMetrics } from './pixelMetrics.ts';
import type { PixelImage } from './pixelScores.ts';

describeWithShared('pixelMetrics against the reference', () => {
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
  const expected = referenceJson<Record<string, number>>('metrics_pixel.json');

  test('agrees on AUROC, average precision and PRO at 0.30', async () => {
    const found = await pixelMetrics(images);
    expect(found.auroc).toBeCloseTo(expected.pixel_auroc!, 9);
    expect(found.average_precision).toBeCloseTo(expected.pixel_average_precision!, 9);
    expect(found.pro).toBeCloseTo(expected.aupro_fpr_0_30!, 9);
  });

  test('agrees on PRO at 0.05', async () => {
    expect((await pixelMetrics(images, 0.05)).pro).toBeCloseTo(expected.aupro_fpr_0_05!, 9);
  });
});

/** One row of pixels: each its score and, where defective, a 1. */
function row(...pixels: (readonly [number, number])[]): PixelImage {
  return {
    width: pixels.length,
    height: 1,
    scores: Float32Array.from(pixels, ([score]) => score),
    mask: Uint8Array.from(pixels, ([, defective]) => defective),
  };
}

describe('pixelMetrics', () => {
  test('interpolates PRO at the limit from (0, 0)', async () => {
    // All tied: the curve is the diagonal, so the mean height up to the limit is limit / 2.
    const tied = row([1, 1], [1, 0], [1, 0], [1, 0]);
    expect((await pixelMetrics([tied], 0.3)).pro).toBeCloseTo(0.15, 12);
    expect((await pixelMetrics([tied], 1)).pro).toBeCloseTo(0.5, 12);
  });

  test('gives every region the same weight, whatever its size', async () => {
    // The large region is found before any normal pixel, the small one after all of them.
    const image = row([9, 1], [9, 1], [9, 1], [5, 0], [1, 1], [5, 0], [5, 0]);
    expect((await pixelMetrics([image], 0.3)).pro).toBeCloseTo(0.5, 12);
  });

  test('is exactly 1 for perfect maps', async () => {
    const image = row([3, 1], [0, 0], [4, 1], [5, 1], [4, 1], [-1, 0]);
    const perfect = { auroc: 1, average_precision: 1, pro: 1 };
    expect(await pixelMetrics([image, row([0.5, 0])])).toEqual(perfect);
  });

  test('ties 0 with -0 and orders negative scores', async () => {
    expect((await pixelMetrics([row([0, 0], [-0, 1])])).auroc).toBe(0.5);
    expect((await pixelMetrics([row([-1e-30, 0], [-0, 1])])).auroc).toBe(1);
    expect((await pixelMetrics([row([-2, 0], [-1, 1], [-3e38, 0], [3e38, 1])])).auroc).toBe(1);
    expect((await pixelMetrics([row([-1, 0], [-2, 1])])).auroc).toBe(0);
  });

  test('is null without defective or without normal pixels', async () => {
    const none = { auroc: null, average_precision: null, pro: null };
    expect(await pixelMetrics([])).toEqual(none);
    expect(await pixelMetrics([row([1, 0], [2, 0])])).toEqual(none);
    expect(await pixelMetrics([row([1, 1], [2, 1])])).toEqual(none);
  });

  test('agrees with the definitions, pixel by pixel and threshold by threshold', async () => {
    // From a few tied values to any finite float32.
    const score = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
    );
    const image = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([width, height]) => {
        const length = { minLength: width * height, maxLength: width * height };
        return fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          scores: fc.array(score, length).map((values) => Float32Array.from(values)),
          mask: fc.array(fc.constantFrom(0, 1), length).map((values) => Uint8Array.from(values)),
        });
      });
    const limit = fc.constantFrom(0.05, 0.3, 1);
    await fc.assert(
      fc.asyncProperty(fc.array(image, { maxLength: 3 }), limit, async (images, proLimit) => {
        const scores = images.flatMap((each) => [...each.scores]);
        const labels = images.flatMap((each) => [...each.mask]);
        const found = await pixelMetrics(images, proLimit);
        expectClose(found.auroc, auroc(scores, labels));
        expectClose(found.average_precision, averagePrecision(scores, labels));
        expectClose(found.pro, proByDefinition(images, proLimit));
      }),
    );
  });

  test('refuses scores that are not finite, naming image and pixel', async () => {
    const bad = [row([1, 0]), row([1, 0], [2, 1], [Number.NaN, 0])];
    await expect(pixelMetrics(bad)).rejects.toThrow(/pixel 2 of image 1.*NaN/s);
    await expect(pixelMetrics([row([Number.NEGATIVE_INFINITY, 0])])).rejects.toThrow(/-Infinity/);
  });

  test('refuses a mask of another size and a limit out of range', async () => {
    const image = { ...row([1, 0], [2, 1]), mask: Uint8Array.of(1) };
    await expect(pixelMetrics([image])).rejects.toThrow(/2 scores and 1 mask values/);
    for (const limit of [0, 1.01, Number.NaN]) {
      await expect(pixelMetrics([row([1, 0])], limit)).rejects.toThrow(/limit of PRO/);
    }
  });

  test('reports how far it is, and stops when told', async () => {
    const images = [row([1, 0]), row([2, 1])];
    const done: number[] = [];
    await pixelMetrics(images, 0.3, { onProgress: (event) => done.push(event.done / event.total) });
    expect(done).toEqual([0.25, 0.5, 0.75, 1]);

    const abort = new AbortController();
    const onProgress = () => abort.abort(new Error('stopped'));
    const stopped = pixelMetrics(images, 0.3, { onProgress, signal: abort.signal });
    await expect(stopped).rejects.toThrow('stopped');
  });
});

function expectClose(found: number | null, expected: number | null): void {
  if (expected === null || found === null) expect(found).toBe(expected);
  else expect(found).toBeCloseTo(expected, 10);
}

/** The curve's points counted anew for every threshold, then trapezia cut off at the limit. */
function proByDefinition(images: PixelImage[], limit: number): number | null {
  const regions = images.flatMap(({ scores, mask, width, height }) => {
    const { labels, count } = connectedRegions(mask, width, height);
    return Array.from({ length: count }, (_, region) =>
      [...scores].filter((_, at) => labels[at] === region + 1),
    );
  });
  const normals = images.flatMap(({ scores, mask }) => [...scores].filter((_, i) => !mask[i]));
  if (regions.length === 0 || normals.length === 0) return null;
  const shareAbove = (scores: number[], threshold: number) =>
    scores.filter((score) => score >= threshold).length / scores.length;
  const thresholds = [...new Set([...normals, ...regions.flat()])].sort((a, b) => b - a);
  const points = thresholds.map((threshold) => ({
    fpr: shareAbove(normals, threshold),
    overlap: regions.reduce((sum, r) => sum + shareAbove(r, threshold), 0) / regions.length,
  }));
  let area = 0;
  let last = { fpr: 0, overlap: 0 };
  for (const point of points) {
    const right = Math.min(point.fpr, limit);
    if (right > last.fpr) {
      const slope = (point.overlap - last.overlap) / (point.fpr - last.fpr);
      const overlapAtRight = last.overlap + slope * (right - last.fpr);
      area += ((last.overlap + overlapAtRight) / 2) * (right - last.fpr);
    }
    last = point;
  }
  return area / limit;
}
