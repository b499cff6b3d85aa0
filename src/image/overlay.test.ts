import { describe, expect, it } from 'vitest';
import type { FloatMap, RgbImage } from './image.ts';
import { overlay } from './overlay.ts';

const SIZE = 120;

const grey = (level: number): RgbImage => ({
  width: SIZE,
  height: SIZE,
  data: new Uint8Array(SIZE * SIZE * 3).fill(level),
});

/** A bump of height 4 on a ground of 1; it passes 2 at 21.0 pixels from the middle. */
const bump: FloatMap = {
  width: SIZE,
  height: SIZE,
  data: Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const x = (i % SIZE) - 60;
    const y = Math.floor(i / SIZE) - 60;
    return 1 + 3 * Math.exp(-(x * x + y * y) / 400);
  }),
};
const CONTOUR_RADIUS = Math.sqrt(400 * Math.log(3));

const pixel = ({ data, width }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** Compared as bytes: a matcher would take half a second for each. */
function expectSame(actual: RgbImage, expected: RgbImage): void {
  expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
  expect(Buffer.from(actual.data).equals(expected.data)).toBe(true);
}

describe('overlay', () => {
  it('leaves the image untouched where it is normal', () => {
    const painted = overlay(grey(90), bump, { pixelThreshold: 2 });
    let untouched = 0;
    for (let y = 0; y < SIZE; y++) {
      for (let x = 0; x < SIZE; x++) {
        if (Math.hypot(x - 60, y - 60) < 30) continue;
        if (pixel(painted, x, y).every((value) => value === 90)) untouched++;
        else expect.fail(`pixel (${x}, ${y}) was painted`);
      }
    }
    expect(untouched).toBeGreaterThan(10_000);
  });

  it('returns an equal copy of a normal image', () => {
    const image = grey(90);
    const painted = overlay(image, bump, { pixelThreshold: 4.1, maximum: 8 });
    expectSame(painted, image);
    expect(painted.data === image.data).toBe(false);
  });

  it('does not change its input', () => {
    const image = grey(90);
    overlay(image, bump, { pixelThreshold: 2 });
    expectSame(image, grey(90));
  });

  it.each([0, 128, 255])('makes the flaw glow warmly on grey %i', (level) => {
    const painted = overlay(grey(level), bump, { pixelThreshold: 2 });
    const [red, green, blue] = pixel(painted, 60, 60);
    expect(red! - blue!).toBeGreaterThan(100);
    expect(green! - blue!).toBeGreaterThan(50);
  });

  it('shows the product through the flaw', () => {
    const dark = pixel(overlay(grey(0), bump, { pixelThreshold: 2 }), 60, 60);
    const light = pixel(overlay(grey(255), bump, { pixelThreshold: 2 }), 60, 60);
    dark.forEach((value, channel) => {
      expect(light[channel]! - value).toBeGreaterThan(60);
    });
  });

  it.each([0, 128, 255])('outlines the threshold in white and dark on grey %i', (level) => {
    const painted = overlay(grey(level), bump, { pixelThreshold: 2 });
    const x = 60 + Math.round(CONTOUR_RADIUS);
    const column = [-2, -1, 0, 1, 2].map((offset) => pixel(painted, x + offset, 60)[1]!);
    expect(Math.max(...column)).toBeGreaterThan(200);
    expect(Math.min(...column)).toBeLessThan(160);
    expect(Math.max(...column) - Math.min(...column)).toBeGreaterThan(90);
  });

  it('draws a wider line on a larger image', () => {
    const large = { width: 1200, height: 1200, data: new Uint8Array(1200 * 1200 * 3).fill(90) };
    const painted = overlay(large, bump, { pixelThreshold: 2 });
    const whites = (image: RgbImage, row: number) => {
      let count = 0;
      for (let x = 0; x < image.width; x++) if (pixel(image, x, row)[2]! > 200) count++;
      return count;
    };
    // Two crossings of the line, 4 pixels each.
    expect(whites(painted, 605)).toBeGreaterThanOrEqual(6);
    expect(whites(painted, 605)).toBeLessThanOrEqual(10);
  });

  it('is hotter for a lower maximum, so that a series can share one', () => {
    const green = (maximum: number) =>
      pixel(overlay(grey(0), bump, { pixelThreshold: 2, maximum }), 60, 60)[1]!;
    expect(green(4)).toBeGreaterThan(green(12));
    expect(green(3)).toBe(green(4));
  });

  it('does not paint a flaw barely above the threshold as the worst', () => {
    const [, green] = pixel(overlay(grey(0), bump, { pixelThreshold: 3.9 }), 60, 60);
    const [, worst] = pixel(overlay(grey(0), bump, { pixelThreshold: 3.9, maximum: 4 }), 60, 60);
    expect(green!).toBeLessThan(worst! / 2);
  });

  it('takes a maximum at the threshold', () => {
    const painted = overlay(grey(0), bump, { pixelThreshold: 2, maximum: 2 });
    expect(pixel(painted, 60, 60)[0]).toBeGreaterThan(150);
    expect(pixel(painted, 5, 5)).toEqual([0, 0, 0]);
  });

  it('enlarges a coarse map to the image', () => {
    const coarse = { width: 4, height: 4, data: new Float32Array(16) };
    coarse.data[5] = 10;
    const painted = overlay(grey(0), coarse, { pixelThreshold: 5 });
    // Patch (1, 1) has its centre at pixel 44.5.
    expect(pixel(painted, 44, 44)[0]).toBeGreaterThan(150);
    expect(pixel(painted, 100, 100)).toEqual([0, 0, 0]);
  });

  it('paints nothing for values that are no numbers', () => {
    const data = new Float32Array(SIZE * SIZE).fill(Number.NaN);
    expectSame(overlay(grey(9), { ...bump, data }, { pixelThreshold: 2 }), grey(9));
  });
});
