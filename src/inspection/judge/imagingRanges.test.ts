import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../../test/support/shared.ts';
import { createRandom } from '../../core/random.ts';
import type { ImagingConditions } from '../../detector/inspector/metadata.ts';
import { decodeImage } from '../../image/decodeImage.ts';
import { applyShift } from '../../shift/applyShift.ts';
import type { Shift } from '../../shift/shift.ts';
import { imagingConditions } from '../conditions/imagingConditions.ts';
import { imagingRanges } from './imagingRanges.ts';

const OTHER = { contrast: 0, saturation: 0, noise: 0, shadingX: 0, shadingY: 0, corners: 0 };
const image = (
  brightness: number,
  sharpness: number,
  label: 'normal' | 'anomalous' = 'normal',
) => ({
  label,
  conditions: { ...OTHER, brightness, sharpness } satisfies ImagingConditions,
});

describe('imagingRanges', () => {
  it('are prediction intervals of the logarithms', () => {
    const ranges = imagingRanges([10, 20, 40, 80, 15].map((value) => image(value, 7)))!;
    // l = np.log(np.array([10, 20, 40, 80, 15]) + 1e-3)
    // np.exp(l.mean() + np.array([-1, 1]) * scipy.stats.t.ppf(1 - .00025, 4) * l.std(ddof=1) * np.sqrt(1.2))
    expect(ranges.brightness.low).toBeCloseTo(0.002240547543746851, 6);
    expect(ranges.brightness.high / 277075.7267315404).toBeCloseTo(1, 6);
    expect(ranges.brightness.seen).toEqual({ low: 10, high: 80 });
  });

  it('leave room around images that are all alike', () => {
    const { brightness, sharpness } = imagingRanges([image(100, 50), image(100, 50)])!;
    expect(brightness.low).toBeCloseTo(80, 2);
    expect(brightness.high).toBeCloseTo(125, 2);
    expect(sharpness.low).toBeCloseTo(25, 2);
    expect(sharpness.high).toBeCloseTo(100, 2);
  });

  it('are of normal images alone, and hold them all', () => {
    const values = [...Array.from({ length: 40 }, () => 100), 500];
    const images = [...values.map((value) => image(value, value)), image(1, 1, 'anomalous')];
    const { brightness } = imagingRanges(images)!;
    expect(brightness.high).toBeGreaterThanOrEqual(500);
    expect(brightness.seen.low).toBe(100);
  });

  it('are not known from one image, nor of files that tell no conditions', () => {
    expect(imagingRanges([image(1, 1)])).toBeUndefined();
    expect(imagingRanges([{ label: 'normal' }, { label: 'normal' }])).toBeUndefined();
  });

  it('keep out less than 2 of n + 1 good images, whatever their distribution', () => {
    const random = createRandom('ranges');
    // Heavy tails: e to the power of a Cauchy variable, cut so that it stays a number.
    const draw = () => {
      const value = Math.tan(Math.PI * (random.next() - 0.5));
      return Math.exp(Math.max(-300, Math.min(300, value)));
    };
    const images = 10;
    const sets = 2000;
    let outside = 0;
    for (let set = 0; set < sets; set++) {
      const { sharpness } = imagingRanges(Array.from({ length: images }, () => image(1, draw())))!;
      const next = draw();
      if (next < sharpness.low || next > sharpness.high) outside++;
    }
    const bound = 2 / (images + 1);
    expect(outside / sets).toBeLessThan(bound + 5 * Math.sqrt((bound * (1 - bound)) / sets));
    expect(outside).toBeGreaterThan(0);
  });
});

describeWithShared('imagingRanges of real bottles', () => {
  const bottle = (path: string) =>
    decodeImage(sharedPath('data', 'mvtec', 'bottle', ...path.split('/')));

  it('hold other good ones, but not blurred, dark and bright ones', async () => {
    const known = [];
    for (const number of ['000', '020', '040', '060', '080', '100', '120', '140']) {
      const conditions = imagingConditions(await bottle(`train/good/${number}.png`));
      known.push({ label: 'normal' as const, conditions });
    }
    const ranges = imagingRanges(known)!;
    const photo = await bottle('test/good/003.png');
    const place = (name: 'brightness' | 'sharpness', shift: Partial<Shift>) => {
      const value = imagingConditions(applyShift(photo, shift as Shift).image)[name];
      return value < ranges[name].low ? 'below' : value > ranges[name].high ? 'above' : 'within';
    };
    expect(place('brightness', {})).toBe('within');
    expect(place('sharpness', {})).toBe('within');
    expect(place('sharpness', { blur: { sigma: 2 } })).toBe('below');
    expect(place('brightness', { brightness: { factor: 0.5 } })).toBe('below');
    expect(place('brightness', { brightness: { factor: 1.6 } })).toBe('above');
  });
});
