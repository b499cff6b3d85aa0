import { describe, expect, test } from 'vitest';
import { countPixels } from './pixelCounts.ts';
import { measurePixels } from './pixelMetrics.ts';
import type { PixelImage } from './pixelScores.ts';

/** Two rows of three pixels. */
const image = (scores: number[], mask: number[]): PixelImage => ({
  width: 3,
  height: 2,
  scores: Float32Array.from(scores),
  mask: Uint8Array.from(mask),
});

const IMAGES = [
  image([1, 1, 1, 2, 2, 3], [0, 0, 0, 0, 0, 0]),
  // A region of four pixels and, apart from it, none: 8-connected.
  image([9, 9, 1, 2, 9, 3], [1, 1, 0, 0, 1, 1]),
  // Two regions of one pixel each.
  image([3, 1, 9, 1, 1, 1], [1, 0, 1, 0, 0, 0]),
];

describe('countPixels', () => {
  test('spreads the pixels of each image over the bins', async () => {
    const { bins } = await measurePixels(IMAGES, 0.3, {});
    // The highest score of normal pixels is 3, shared with defective ones: 9, 3, 2, 1.
    expect([...bins.tied]).toEqual([1, 1, 1, 1]);
    const counts = await countPixels(IMAGES, bins);
    expect([...counts.normals]).toEqual([0, 1, 2, 3, 0, 0, 1, 1, 0, 0, 0, 4]);
    expect([...counts.defective]).toEqual([1, 2]);
    expect([...counts.anomalies]).toEqual([3, 1, 0, 0, 1, 1, 0, 0]);
    expect([...counts.coverage]).toEqual([0.75, 0.25, 0, 0, 1, 1, 0, 0]);
    expect([...counts.regions]).toEqual([1, 2]);
  });

  test('stops when told', async () => {
    const { bins } = await measurePixels(IMAGES, 0.3, {});
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(countPixels(IMAGES, bins, { signal })).rejects.toThrow('stopped');
  });
});
