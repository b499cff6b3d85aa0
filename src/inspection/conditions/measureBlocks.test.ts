import { describe, expect, it } from 'vitest';
import { pattern } from '../../../test/support/pattern.ts';
import { createRandom } from '../../core/random.ts';
import { plainImage } from '../../image/paint.ts';
import { measureBlocks } from './measureBlocks.ts';

const valuesOf = (measures: ReturnType<typeof measureBlocks>, block: number) => [
  measures.brightness[block]!,
  measures.contrast[block]!,
  measures.saturation[block]!,
  measures.sharpness[block]!,
  measures.noise[block]!,
];

describe('measureBlocks', () => {
  // L = a @ [.299, .587, .114]; S = skimage.color.rgb2hsv(a)[..., 1]
  // G = scipy.ndimage.laplace(L); I = abs(convolve(L, [[1, -2, 1], [-2, 4, -2], [1, -2, 1]]))
  // e = lambda n: [(n * i // 8, max(n * i // 8 + 1, n * (i + 1) // 8)) for i in range(8)]
  // for s in [np.s_[t:b, l:r] for t, b in e(h) for l, r in e(w)], m = inner pixels of s:
  //   L[s].mean(), L[s].std(), S[s].mean(), G[s][m].var(), np.sqrt(np.pi / 2) / 6 * I[s][m].mean()
  it.each([
    [50, 40, 0, [56.34, 35.66944981, 0.8563850402, 278.30173696, 1.59889462]],
    [50, 40, 27, [140.37651429, 46.07304968, 0.7034334287, 30272.0341, 5.48192442]],
    [50, 40, 62, [144.48566667, 55.77872004, 0.651153065, 12625.70143, 7.32826702]],
    [13, 9, 27, [104.694, 13.456, 0.7146206093, 0, 7.99447311]],
  ])('agrees with scipy and scikit-image: %i x %i, block %i', (width, height, block, expected) => {
    const found = valuesOf(measureBlocks(pattern(width, height)), block);
    for (const [i, value] of found.entries()) {
      if (expected[i] === 0) expect(value).toBeLessThan(1e-6);
      else expect(value / expected[i]!).toBeCloseTo(1, 5);
    }
  });

  it('measures noise of luminance as it was added', () => {
    const random = createRandom('block noise');
    const plain = plainImage(256, 256, [120, 120, 120]);
    const sigma = 6;
    const data = plain.data.map((value) => Math.round(value + sigma * random.normal()));
    const { noise } = measureBlocks({ ...plain, data });
    const mean = noise.reduce((sum, value) => sum + value, 0) / 64;
    // Channels are independent: sqrt(.299^2 + .587^2 + .114^2) = 0.6686 of one channel's noise.
    expect(mean / (0.6686 * sigma)).toBeCloseTo(1, 1);
  });

  it('is still finite for images of one pixel, and zero where there is nothing', () => {
    const dot = measureBlocks(plainImage(1, 1, [200, 10, 77]));
    expect(valuesOf(dot, 63)).toEqual([expect.closeTo(74.448, 2), 0, 0.95, 0, 0]);
    const black = measureBlocks(plainImage(30, 20, [0, 0, 0]));
    expect(valuesOf(black, 5)).toEqual([0, 0, 0, 0, 0]);
  });
});
