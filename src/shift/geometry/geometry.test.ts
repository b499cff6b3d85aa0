import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { Mask } from '../../image/image.ts';
import { invert } from './affine.ts';
import { drawCrop } from './crop.ts';
import { type Geometry, geometryMap, keepsDefect, shareInFrame } from './geometry.ts';

const SIZE = { width: 200, height: 100 };

/** Where a point of the shifted image comes from, both in pixels from the top left corner. */
function source(geometry: Geometry, x: number, y: number): [number, number] {
  const map = geometryMap(geometry, SIZE)!;
  const [fromX, fromY] = [x - 100, y - 50];
  return [
    map.xx * fromX + map.xy * fromY + map.x0 + 100,
    map.yx * fromX + map.yy * fromY + map.y0 + 50,
  ];
}

const near = ([x, y]: [number, number], expected: [number, number]) => {
  expect(x).toBeCloseTo(expected[0], 9);
  expect(y).toBeCloseTo(expected[1], 9);
};

describe('geometryMap', () => {
  it('has nothing to do where nothing moves', () => {
    expect(geometryMap({}, SIZE)).toBeUndefined();
  });

  it('enlarges the part that is cropped', () => {
    const crop = { share: 0.8, x: 0.1, y: 0.2 };
    near(source({ crop }, 0, 0), [20, 20]);
    near(source({ crop }, 200, 100), [180, 100]);
  });

  it('moves to the right and downwards', () => {
    near(source({ translation: { x: 0.05, y: 0.1 } }, 10, 10), [0, 0]);
  });

  it('turns counter-clockwise', () => {
    near(source({ rotation: { degrees: 90 } }, 100, 0), [150, 50]);
  });

  it('turns first, then enlarges, then moves', () => {
    const geometry = {
      rotation: { degrees: 90 },
      crop: { share: 0.5, x: 0, y: 0 },
      translation: { x: 0.5, y: 0 },
    };
    // (200, 0) was at (100, 0) before it was moved, at (50, 0) before it was enlarged.
    near(source(geometry, 200, 0), [150, 0]);
  });
});

it('a crop lies within the image and has no more than its severity allows', () => {
  const random = createRandom(3);
  for (const severity of [0, 0.5, 1, 2]) {
    for (let i = 0; i < 100; i++) {
      const { share, x, y } = drawCrop([0.9, 1], severity, random);
      expect(share).toBeGreaterThanOrEqual(1 - 0.1 * severity - 1e-12);
      expect(share).toBeLessThanOrEqual(1);
      for (const corner of [x, y]) {
        expect(corner).toBeGreaterThanOrEqual(0);
        expect(corner + share).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  }
});

describe('a defect', () => {
  /** A bar along the left edge, `width` of 20 pixels. */
  const bar = (width: number): Mask => ({
    width: 20,
    height: 10,
    data: Uint8Array.from({ length: 200 }, (_, i) => (i % 20 < width ? 1 : 0)),
  });
  const left = (pixels: number): Geometry => ({ translation: { x: -pixels / 20, y: 0 } });
  const share = (mask: Mask, geometry: Geometry) =>
    shareInFrame(mask, invert(geometryMap(geometry, mask)!));

  it('stays by the share of its pixels that stay', () => {
    expect(share(bar(4), left(1))).toBe(0.75);
    expect(share(bar(4), left(3))).toBe(0.25);
    expect(keepsDefect(bar(4), left(2))).toBe(true);
    expect(keepsDefect(bar(4), left(3))).toBe(false);
  });

  it('may leave with a rotation or a crop too', () => {
    const corner = { width: 10, height: 10, data: new Uint8Array(100).fill(1, 0, 1) };
    expect(keepsDefect(corner, { rotation: { degrees: 10 } })).toBe(false);
    expect(keepsDefect(corner, { crop: { share: 0.8, x: 0.2, y: 0.2 } })).toBe(false);
    expect(keepsDefect(corner, { crop: { share: 0.8, x: 0, y: 0 } })).toBe(true);
  });

  it('that is not there cannot leave', () => {
    expect(keepsDefect(bar(0), left(20))).toBe(true);
    expect(keepsDefect(bar(4), {})).toBe(true);
  });

  it('must survive the resampling: a single pixel may fall between the grid', () => {
    const lost = Array.from({ length: 81 }, (_, i) => {
      const at = (1 + Math.floor(i / 9)) * 11 + 1 + (i % 9);
      const dot = { width: 11, height: 11, data: new Uint8Array(121).fill(1, at, at + 1) };
      return !keepsDefect(dot, { rotation: { degrees: 30 } });
    });
    expect(lost.filter(Boolean).length).toBeGreaterThan(0);
    expect(lost[40]).toBe(false);
  });
});
