import { describe, expect, it } from 'vitest';
import { pattern } from '../../../test/support/pattern.ts';
import { exposure } from '../../image/exposure.ts';
import type { RgbImage } from '../../image/image.ts';
import { sharpness } from '../../image/sharpness.ts';
import { imagingConditions } from './imagingConditions.ts';

/** A flaw over a sixteenth of the image, beyond anything in it. */
function flawed(image: RgbImage): RgbImage {
  const data = image.data.map((value, i) => {
    const x = Math.floor(i / 3) % image.width;
    const y = Math.floor(i / 3 / image.width);
    return x < image.width / 4 && y < image.height / 4 ? 255 * ((x + y) % 2) : value;
  });
  return { ...image, data };
}

describe('imagingConditions', () => {
  it('are those of the median block, and how light falls', () => {
    // B as in measureBlocks.test.ts; np.median(B, axis=0); shading as in shading.test.ts
    expect(imagingConditions(pattern(50, 40))).toEqual({
      brightness: expect.closeTo(128.2131, 3),
      contrast: expect.closeTo(46.07575292944361, 3),
      saturation: expect.closeTo(0.6930635740195468, 6),
      sharpness: expect.closeTo(13023.271831324444, 1),
      noise: expect.closeTo(5.672269016537692, 4),
      shadingX: expect.closeTo(0.23121534966082252, 5),
      shadingY: expect.closeTo(0.03119027591652365, 5),
      corners: expect.closeTo(-0.1372285462070657, 5),
    });
  });

  it('move less with a flaw than with a lamp of 10% more light', () => {
    const image = pattern(128, 128);
    const brighter = { ...image, data: image.data.map((value) => Math.min(255, 1.1 * value)) };
    const [normal, lit, burst] = [image, brighter, flawed(image)].map(imagingConditions);
    for (const name of ['brightness', 'contrast'] as const) {
      const byLamp = Math.abs(lit![name] / normal![name] - 1);
      const byFlaw = Math.abs(burst![name] / normal![name] - 1);
      expect(byFlaw, name).toBeLessThan(byLamp / 2);
    }
  });

  it('move less with a flaw than what is taken of all pixels', () => {
    const image = pattern(128, 128);
    const moved = (measure: (picture: RgbImage) => number) =>
      Math.abs(measure(flawed(image)) / measure(image) - 1);
    const ofBlocks = (name: 'contrast' | 'sharpness') =>
      moved((picture) => imagingConditions(picture)[name]);
    expect(ofBlocks('contrast')).toBeLessThan(moved((picture) => exposure(picture).contrast) / 2);
    expect(ofBlocks('sharpness')).toBeLessThan(moved(sharpness) / 10);
  });
});
