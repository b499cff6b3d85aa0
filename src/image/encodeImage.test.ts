import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImageBytes } from './decodeImage.ts';
import {
  encodeGreyPng,
  encodeMaskPng,
  encodeMaskWebp,
  encodePng,
  encodeThumbnail,
  encodeWebp,
} from './encodeImage.ts';

const noise = {
  width: 60,
  height: 30,
  data: Uint8Array.from({ length: 60 * 30 * 3 }, (_, i) => (i * i * 31 + i * 7) % 251),
};
/** Smooth, as photographs are: JPEG keeps it closely. */
const ramp = {
  width: 60,
  height: 30,
  data: Uint8Array.from({ length: 60 * 30 * 3 }, (_, i) => (Math.floor(i / 3) % 60) * 4),
};

describe('encodePng', () => {
  it('loses nothing', async () => {
    expect(await decodeImageBytes(await encodePng(noise), 'a.png')).toStrictEqual(noise);
  });

  it('gives the same bytes for the same pixels', async () => {
    expect(await encodePng(noise)).toEqual(await encodePng({ ...noise, data: noise.data.slice() }));
  });
});

describe('grey PNG', () => {
  const grey = { width: 2, height: 2, data: Uint8Array.of(0, 1, 128, 255) };

  it('keeps grey levels in a single channel', async () => {
    const bytes = await encodeGreyPng(grey);
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, depth: 'uchar' });
    const { data } = await decodeImageBytes(bytes, 'a.png');
    expect([0, 3, 6, 9].map((at) => data[at])).toEqual([0, 1, 128, 255]);
  });

  it('makes defects of a mask white', async () => {
    const bytes = await encodeMaskPng({ width: 2, height: 1, data: Uint8Array.of(0, 1) });
    expect([...(await decodeImageBytes(bytes, 'a.png')).data]).toEqual([0, 0, 0, 255, 255, 255]);
  });
});

describe('encodeThumbnail', () => {
  it('fits the longest side and looks like the image', async () => {
    const bytes = await encodeThumbnail(ramp, 20);
    const { width, height, data } = await decodeImageBytes(bytes, 'a.jpg');
    expect([width, height]).toEqual([20, 10]);
    for (const x of [3, 10, 16]) {
      // Three columns in one; the middle one is 3 x + 1.
      expect(Math.abs(data[(5 * 20 + x) * 3]! - (3 * x + 1) * 4)).toBeLessThanOrEqual(6);
    }
  });

  it('does not enlarge', async () => {
    const { width, height } = await decodeImageBytes(await encodeThumbnail(ramp, 500), 'a.jpg');
    expect([width, height]).toEqual([60, 30]);
  });

  it('gives the same bytes for the same pixels', async () => {
    expect(await encodeThumbnail(noise, 20)).toEqual(await encodeThumbnail(noise, 20));
  });
});

describe('WebP', () => {
  it('looks like the image', async () => {
    const { data, width } = await decodeImageBytes(await encodeWebp(ramp, 90), 'a.webp');
    expect(width).toBe(60);
    const differences = data.map((value, i) => Math.abs(value - ramp.data[i]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(8);
  });

  it('is smaller at a lower quality, and the same for the same pixels', async () => {
    const [fine, coarse] = [await encodeWebp(noise, 90), await encodeWebp(noise, 20)];
    expect(coarse.length).toBeLessThan(fine.length);
    expect(await encodeWebp(noise, 20)).toEqual(coarse);
  });

  it('keeps masks exactly', async () => {
    const bytes = await encodeMaskWebp({ width: 3, height: 1, data: Uint8Array.of(0, 1, 0) });
    const { data } = await decodeImageBytes(bytes, 'a.webp');
    expect([...data]).toEqual([0, 0, 0, 255, 255, 255, 0, 0, 0]);
  });
});
