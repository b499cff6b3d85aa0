import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { decodeImageBytes } from '../../image/decodeImage.ts';
import type { RgbImage } from '../../image/image.ts';
import { collectThumbnails } from './thumbnails.ts';

const grey = (width: number, height: number): RgbImage => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(128),
});

describe('collectThumbnails', () => {
  it('keeps small JPEG copies in order, at most 96 pixels long', async () => {
    const thumbnails = collectThumbnails(true);
    thumbnails.add(grey(400, 100));
    thumbnails.add(grey(20, 40));
    const decoded = await Promise.all(
      (await thumbnails.list()).map((text) =>
        decodeImageBytes(Buffer.from(text, 'base64'), 'thumbnail.jpg'),
      ),
    );
    expect(decoded.map(({ width, height }) => [width, height])).toEqual([
      [96, 24],
      [20, 40],
    ]);
  });

  it('keeps none when none are wanted', async () => {
    const thumbnails = collectThumbnails(false);
    thumbnails.add(grey(10, 10));
    expect(await thumbnails.list()).toEqual([]);
  });

  it('stays below 5 MB, with an empty place for each that no longer fits', async () => {
    const random = createRandom(1);
    const data = Uint8Array.from({ length: 96 * 96 * 3 }, () => random.integer(256));
    const noise: RgbImage = { width: 96, height: 96, data };
    const thumbnails = collectThumbnails(true);
    for (let i = 0; i < 600; i++) thumbnails.add(noise);
    thumbnails.add(grey(8, 8));
    const list = await thumbnails.list();
    expect(list).toHaveLength(601);
    const size = JSON.stringify(list).length;
    expect(size).toBeLessThanOrEqual(5e6);
    expect(size).toBeGreaterThan(4.9e6);
    expect(list[0]).not.toBe('');
    expect(list[599]).toBe('');
    // A smaller one still does.
    expect(list[600]).not.toBe('');
  });
});
