import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pattern } from '../../test/support/pattern.ts';
import type { Mask, RgbImage } from '../image/image.ts';
import { plainImage } from '../image/paint.ts';
import { applyShift } from './applyShift.ts';
import { drawShift } from './drawShift.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';
import type { Shift } from './shift.ts';

const images = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data): RgbImage => ({ width, height, data })),
  );
const names = fc.constantFrom(...PRESET_NAMES);
const shift = (name: (typeof PRESET_NAMES)[number], severity: number, identity = 'a'): Shift =>
  drawShift(PRESETS[name], { severity, seed: 42, identity });

/** A disk, as a mask and as a picture. */
function disk(width: number, height: number, x: number, y: number, radius: number) {
  const mask: Mask = { width, height, data: new Uint8Array(width * height) };
  for (let i = 0; i < mask.data.length; i++) {
    const isInside = Math.hypot((i % width) - x, Math.floor(i / width) - y) <= radius;
    mask.data[i] = isInside ? 1 : 0;
  }
  const image = plainImage(width, height, [0, 0, 0]);
  image.data.forEach((_, i) => {
    image.data[i] = 255 * mask.data[Math.floor(i / 3)]!;
  });
  return { mask, image };
}

describe('applyShift', () => {
  it('leaves every image bit for bit at severity 0, with every preset', () => {
    fc.assert(
      fc.property(images, names, (image, name) => {
        const mask = { ...image, data: image.data.subarray(0, image.data.length / 3) };
        const before = image.data.slice();
        const shifted = applyShift(image, shift(name, 0), mask);
        expect(shifted).toEqual({ image, mask, filled: 0 });
        expect(image.data).toEqual(before);
      }),
    );
  });

  it('is the same again, of the same size, and changes neither image nor mask given', () => {
    fc.assert(
      fc.property(images, names, fc.string(), (image, name, identity) => {
        const before = image.data.slice();
        const drawn = shift(name, 1, identity);
        const first = applyShift(image, drawn);
        expect(applyShift(image, JSON.parse(JSON.stringify(drawn)))).toEqual(first);
        expect(first.image.data).toHaveLength(image.data.length);
        expect(first.filled).toBeGreaterThanOrEqual(0);
        expect(first.filled).toBeLessThanOrEqual(1);
        expect(image.data).toEqual(before);
      }),
    );
  });

  it('changes the image with every preset', () => {
    const image = pattern(160, 128);
    for (const name of PRESET_NAMES) {
      expect(applyShift(image, shift(name, 1)).image, name).not.toEqual(image);
    }
  });

  it('never wraps around: what would be brighter than white is white', () => {
    const image = plainImage(8, 8, [250, 250, 250]);
    const lit = applyShift(image, { brightness: { factor: 1.3 }, redraws: 0 });
    expect(new Set(lit.image.data)).toEqual(new Set([255]));
    const dark = { brightness: { factor: 0.7 }, contrast: { factor: 1.3 }, redraws: 0 };
    const { data } = applyShift(pattern(16, 16), dark).image;
    expect(Math.max(...data)).toBeLessThan(0.7 * 1.3 * 255);
  });

  it('has no black corners: a white image stays white, however it is turned and moved', () => {
    const white = plainImage(31, 20, [255, 255, 255]);
    let mostFilled = 0;
    for (let i = 0; i < 30; i++) {
      const { rotation, crop, translation } = shift('severe', 2, `${i}`);
      const { image, filled } = applyShift(white, {
        ...{ rotation: rotation!, crop: crop!, translation: translation! },
        redraws: 0,
      });
      expect(image).toEqual(white);
      mostFilled = Math.max(mostFilled, filled);
    }
    expect(mostFilled).toBeGreaterThan(0.1);
  });

  it('moves the mask with the image: a picture of the mask stays one', () => {
    const disks = fc.record({
      x: fc.integer({ min: 0, max: 59 }),
      y: fc.integer({ min: 0, max: 39 }),
    });
    fc.assert(
      fc.property(disks, fc.integer({ min: 3, max: 15 }), fc.string(), ({ x, y }, radius, id) => {
        const { mask, image } = disk(60, 40, x, y, radius);
        const { rotation, crop, translation } = shift('severe', 1, id);
        const shifted = applyShift(
          image,
          { rotation: rotation!, crop: crop!, translation: translation!, redraws: 0 },
          mask,
        );
        shifted.mask!.data.forEach((value, pixel) => {
          const brightness = shifted.image.data[3 * pixel]!;
          if (brightness === 255) expect(value).toBe(1);
          if (brightness === 0) expect(value).toBe(0);
        });
      }),
    );
  });

  it('goes geometry, photometric, illumination, blur, noise', () => {
    const image = pattern(40, 30);
    const drawn = shift('seed', 1);
    const { rotation, crop, translation, redraws, ...rest } = drawn;
    const { brightness, contrast, saturation, ...later } = rest;
    const { linearGradient, radialGradient, vignette, ...last } = later;
    const { blur, noise } = last;
    const steps = [
      { rotation: rotation!, crop: crop!, translation: translation! },
      { brightness: brightness!, contrast: contrast!, saturation: saturation! },
      {
        linearGradient: linearGradient!,
        radialGradient: radialGradient!,
        vignette: vignette!,
      },
      { blur: blur! },
      { noise: noise! },
    ];
    let stepwise = image;
    for (const step of steps) stepwise = applyShift(stepwise, { ...step, redraws: 0 }).image;
    const { data } = applyShift(image, drawn).image;
    // Rounded five times instead of once; contrast amplifies it.
    const furthest = Math.max(...data.map((value, i) => Math.abs(value - stepwise.data[i]!)));
    expect(furthest).toBeLessThanOrEqual(3);
  });
});
