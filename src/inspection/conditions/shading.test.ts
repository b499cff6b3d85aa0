import { describe, expect, it } from 'vitest';
import { pattern } from '../../../test/support/pattern.ts';
import type { RgbImage } from '../../image/image.ts';
import { plainImage } from '../../image/paint.ts';
import { measureBlocks } from './measureBlocks.ts';
import { shading } from './shading.ts';

const shadingOf = (image: RgbImage) => shading(measureBlocks(image).brightness);

/** Grey of 100 times a light, 64 x 48. */
function lit(light: (x: number, y: number) => number, part?: (x: number, y: number) => boolean) {
  const data = new Uint8Array(64 * 48 * 3);
  for (let pixel = 0; pixel < 64 * 48; pixel++) {
    const x = pixel % 64;
    const y = Math.floor(pixel / 64);
    const grey = part?.(x, y) ? 20 : 100;
    data.fill(Math.round(grey * light(x / 64, y / 48)), pixel * 3, pixel * 3 + 3);
  }
  return { width: 64, height: 48, data } satisfies RgbImage;
}

const fromLeft = (x: number) => 1.4 - 0.8 * x;

describe('shading', () => {
  // L = a @ [.299, .587, .114]; e = lambda n: [(n*i//8, max(n*i//8 + 1, n*(i + 1)//8)) for i in range(8)]
  // M = np.log(np.array([[L[t:b, l:r].mean() for l, r in e(w)] for t, b in e(h)]) + 1)
  // apart = np.array([7, 5, 3, 1]) / 8
  // np.median((M[:, ::-1] - M)[:, :4] / apart), np.median((M[::-1] - M)[:4] / apart[:, None]),
  // np.median([M[0, 0], M[0, 7], M[7, 0], M[7, 7]])
  //   - np.median([M[0, 3:5], M[7, 3:5], M[3:5, 0], M[3:5, 7]])
  it.each([
    [50, 40, [0.23121534966082252, 0.03119027591652365, -0.1372285462070657]],
    [13, 9, [1.747419873430971, 0.5490946183917924, -0.2516016567781847]],
    [3, 5, [1.4305342302889024, 1.513845524098161, 0.30309615643476473]],
  ])('agrees with numpy on %i x %i pixels', (width, height, expected) => {
    const { x, y, corners } = shadingOf(pattern(width, height));
    [x, y, corners].forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5);
    });
  });

  it('sees the side that light comes from, hardly what lies there', () => {
    const isPart = (x: number, y: number) => x < 14 && y > 10 && y < 30;
    const plain = shadingOf(lit(fromLeft));
    // The slope of the logarithm in the middle: -0.8 / 1.
    expect(plain.x).toBeCloseTo(-0.8, 1);
    expect(plain.y).toBeCloseTo(0, 6);
    expect(Math.abs(shadingOf(lit(fromLeft, isPart)).x / plain.x - 1)).toBeLessThan(0.1);
    expect(shadingOf(lit(() => 1, isPart))).toEqual(shadingOf(lit(() => 1)));
  });

  it('sees corners that are darker', () => {
    const vignette = (x: number, y: number) => 1 - 0.6 * ((x - 0.5) ** 2 + (y - 0.5) ** 2);
    expect(shadingOf(lit(vignette)).corners).toBeLessThan(-0.05);
  });

  it('is none on plain images, black ones too', () => {
    expect(shadingOf(plainImage(9, 9, [0, 0, 0]))).toEqual({ x: 0, y: 0, corners: 0 });
    expect(shadingOf(plainImage(1, 1, [5, 90, 200])).x).toBe(0);
  });
});
