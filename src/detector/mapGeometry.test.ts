import { describe, expect, it } from 'vitest';
import { mapOnImage, onImage, seenPart } from './mapGeometry.ts';

const WHOLE = { resize: 224, crop: 224 };

describe('seenPart', () => {
  it('is the whole photograph without a crop', () => {
    expect(seenPart(900, 31, WHOLE)).toEqual({ x: 0, y: 0, width: 900, height: 31 });
  });

  it('is the share of each side that the crop keeps', () => {
    // 16 of 256 pixels on each side.
    expect(seenPart(512, 1024, { resize: 256, crop: 224 })).toEqual({
      x: 32,
      y: 64,
      width: 448,
      height: 896,
    });
  });

  it('starts one pixel further up where the crop is off by an odd number', () => {
    expect(seenPart(256, 256, { resize: 256, crop: 225 })).toEqual({
      x: 15,
      y: 15,
      width: 225,
      height: 225,
    });
  });

  it('stays inside, and is never empty', () => {
    for (const [width, height] of [
      [1, 1],
      [2, 3],
      [7, 5],
      [255, 257],
    ] as const) {
      for (const crop of [1, 3, 100, 223, 224]) {
        const part = seenPart(width, height, { resize: 224, crop });
        expect(part.width).toBeGreaterThan(0);
        expect(part.height).toBeGreaterThan(0);
        expect(part.x + part.width).toBeLessThanOrEqual(width);
        expect(part.y + part.height).toBeLessThanOrEqual(height);
      }
    }
  });
});

describe('mapOnImage', () => {
  const map = { width: 2, height: 2, data: Float32Array.of(1, 2, 3, 4) };

  it('is the enlarged map where the whole photograph is seen', () => {
    const { width, height, data } = mapOnImage(map, 4, 2, WHOLE);
    expect([width, height]).toEqual([4, 2]);
    expect([...data]).toEqual([1, 1.25, 1.75, 2, 3, 3.25, 3.75, 4]);
  });

  it('has the minimum where the detector does not look', () => {
    const { data } = mapOnImage(map, 4, 4, { resize: 4, crop: 2 });
    expect([...data]).toEqual([1, 1, 1, 1, 1, 1, 2, 1, 1, 3, 4, 1, 1, 1, 1, 1]);
  });
});

describe('onImage', () => {
  const map = { width: 4, height: 4 };

  it('scales a rectangle', () => {
    const part = { x: 0, y: 0, width: 8, height: 40 };
    expect(onImage({ x: 1, y: 2, width: 2, height: 1 }, map, part)).toEqual({
      x: 2,
      y: 20,
      width: 4,
      height: 10,
    });
  });

  it('rounds outwards, within the part that is seen', () => {
    const part = { x: 3, y: 5, width: 10, height: 7 };
    expect(onImage({ x: 1, y: 1, width: 1, height: 1 }, map, part)).toEqual({
      x: 5,
      y: 6,
      width: 3,
      height: 3,
    });
    expect(onImage({ x: 0, y: 0, width: 4, height: 4 }, map, part)).toEqual(part);
  });

  it('keeps at least a pixel where the photograph is smaller than the map', () => {
    const part = { x: 0, y: 0, width: 2, height: 2 };
    expect(onImage({ x: 3, y: 0, width: 1, height: 1 }, map, part)).toEqual({
      x: 1,
      y: 0,
      width: 1,
      height: 1,
    });
  });
});
