import { describe, expect, it } from 'vitest';
import { pattern } from '../../test/support/pattern.ts';
import { plainImage } from './paint.ts';
import { saturation } from './saturation.ts';

describe('saturation', () => {
  it('agrees with scikit-image', () => {
    // skimage.color.rgb2hsv(a)[..., 1].mean()
    expect(saturation(pattern())).toBeCloseTo(0.7901516065895401, 12);
  });

  it.each([
    ['black', [0, 0, 0], 0],
    ['white', [255, 255, 255], 0],
    ['red', [9, 0, 0], 1],
    ['pink', [200, 150, 150], 0.25],
  ] as const)('of %s', (_name, colour, expected) => {
    expect(saturation(plainImage(4, 3, colour))).toBe(expected);
  });
});
