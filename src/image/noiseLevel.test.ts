import { describe, expect, it } from 'vitest';
import { pattern } from '../../test/support/pattern.ts';
import { createRandom } from '../core/random.ts';
import type { RgbImage } from './image.ts';
import { noiseLevel } from './noiseLevel.ts';
import { plainImage } from './paint.ts';

/** Half plain, half black and white stripes, with noise of the same level everywhere. */
function noisy(sigma: number): RgbImage {
  const random = createRandom('noise level');
  const image = plainImage(96, 64, [120, 120, 120]);
  const data = image.data.map((_, i) => {
    const pixel = Math.floor(i / 3);
    const striped = pixel % 96 >= 48;
    const grey = striped && pixel % 2 === 0 ? 200 : 100;
    return Math.round(grey + sigma * random.normal());
  });
  return { ...image, data };
}

describe('noiseLevel', () => {
  it('agrees with scipy', () => {
    // L = a @ [.299, .587, .114]; y, x = np.mgrid[0:h, 0:w]; B = min(max(min(h, w) // 4, 1), 8)
    // I = abs(convolve(L, [[1, -2, 1], [-2, 4, -2], [1, -2, 1]], mode='mirror'))
    // block = (y * B // h) * B + x * B // w; inner = (y > 0) & (y < h - 1) & (x > 0) & (x < w - 1)
    // v = sorted(np.sqrt(np.pi / 2) / 6 * I[inner & (block == k)].mean() for k in range(B * B))
    // v[(len(v) - 1) // 4]
    expect(noiseLevel(pattern())).toBeCloseTo(1.5988946221113074, 4);
    expect(noiseLevel(pattern(50, 40))).toBeCloseTo(4.2637189922967975, 4);
  });

  it('measures the noise of luminance, whatever half of the image shows', () => {
    // Channels are independent: sqrt(.299^2 + .587^2 + .114^2) = 0.6686 of one channel's noise.
    for (const sigma of [2, 5, 12]) {
      expect(noiseLevel(noisy(sigma)) / (0.6686 * sigma)).toBeGreaterThan(0.85);
      expect(noiseLevel(noisy(sigma)) / (0.6686 * sigma)).toBeLessThan(1.05);
    }
  });

  it('is zero for plain images, and where there is no inside', () => {
    expect(noiseLevel(plainImage(20, 30, [10, 200, 30]))).toBeCloseTo(0, 4);
    expect(noiseLevel(plainImage(2, 9, [10, 200, 30]))).toBe(0);
    expect(noiseLevel(plainImage(3, 3, [10, 200, 30]))).toBeCloseTo(0, 4);
  });
});
