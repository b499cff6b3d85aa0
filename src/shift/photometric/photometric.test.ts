import { describe, expect, it } from 'vitest';
import { changed, expectPicture } from '../../../test/support/pattern.ts';
import { createRandom } from '../../core/random.ts';
import { applyBrightness, drawBrightness } from './brightness.ts';
import { applyContrast } from './contrast.ts';
import { applySaturation } from './saturation.ts';

// /usr/bin/python3, torchvision 0.14 as F, `a` the test pattern / 255:
//   r = F.adjust_brightness(torch.tensor(a.transpose(2, 0, 1)), 1.3).numpy().transpose(1, 2, 0)
//   print(r[4, 5:8].ravel(), r.sum()); so for adjust_contrast, adjust_saturation
const TORCHVISION = [
  ['brightness', applyBrightness, 1.3, 183.99765],
  ['brightness', applyBrightness, 0.7, 104.33569],
  ['contrast', applyContrast, 1.3, 151.17617],
  ['contrast', applyContrast, 0.7, 147.95371],
  ['saturation', applySaturation, 1.3, 150.5563],
  ['saturation', applySaturation, 0.7, 147.95371],
] as const;
const PIXELS: Readonly<Record<string, readonly number[]>> = {
  'brightness 1.3': [1, 0.402745, 0.57098, 0.05098, 0.57098, 0.57098, 0.239608, 0.769804, 0.57098],
  'brightness 0.7': [
    0.628627, 0.216863, 0.307451, 0.027451, 0.307451, 0.307451, 0.12902, 0.41451, 0.307451,
  ],
  'contrast 1.3': [1, 0.278477, 0.446713, 0, 0.446713, 0.446713, 0.11534, 0.645536, 0.446713],
  'contrast 0.7': [
    0.752895, 0.341131, 0.431719, 0.151719, 0.431719, 0.431719, 0.253287, 0.538778, 0.431719,
  ],
  'saturation 1.3': [1, 0.25264, 0.420876, 0, 0.475097, 0.475097, 0.10378, 0.633977, 0.435153],
  'saturation 0.7': [
    0.778732, 0.366968, 0.457556, 0.123335, 0.403335, 0.403335, 0.264847, 0.550337, 0.443278,
  ],
};

it.each(TORCHVISION)('%s agrees with torchvision at %d', (name, apply, factor, sum) => {
  const picture = changed((p) => (apply as typeof applyBrightness)(p, { factor }));
  expectPicture(picture, PIXELS[`${name} ${factor}`]!, sum);
});

describe('drawing a factor', () => {
  it('stays within the limit around 1, on both sides', () => {
    const random = createRandom(1);
    const factors = Array.from({ length: 500 }, () => drawBrightness(0.3, 1, random).factor);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.7);
    expect(Math.max(...factors)).toBeLessThan(1.3);
    expect(Math.min(...factors)).toBeLessThan(0.72);
    expect(Math.max(...factors)).toBeGreaterThan(1.28);
  });

  it('gives exactly 1 at severity 0', () => {
    expect(drawBrightness(0.3, 0, createRandom(1)).factor).toBe(1);
  });
});
