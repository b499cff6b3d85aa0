import { describe, expect, it } from 'vitest';
import { changed, expectPicture, pattern } from '../../../test/support/pattern.ts';
import { plainImage } from '../../image/paint.ts';
import { applyBlur } from './blur.ts';
import { gaussianFilter } from './gaussianFilter.ts';
import { mirror } from './mirror.ts';
import { applyNoise } from './noise.ts';

describe('blur', () => {
  // /usr/bin/python3, scipy.ndimage as n, `a` the test pattern / 255: pixels and sum of
  //   np.dstack([n.gaussian_filter(a[..., c], 0.8, mode='mirror', truncate=1.6) for c in range(3)])
  const SCIPY: [number, number[], number][] = [
    [
      0.8,
      [0.71545, 0.315427, 0.452337, 0.404394, 0.444839, 0.452337, 0.241656, 0.59778, 0.452337],
      147.78009,
    ],
    [
      1.1,
      [0.658939, 0.322216, 0.468178, 0.472626, 0.451628, 0.468178, 0.33272, 0.604569, 0.468178],
      148.03057,
    ],
    [
      3,
      [0.499705, 0.349247, 0.402198, 0.506647, 0.419928, 0.402198, 0.510614, 0.486221, 0.402198],
      150.15632,
    ],
  ];

  it.each(SCIPY)('agrees with scipy at sigma %d', (sigma, pixels, sum) => {
    // The pattern's shorter side has 9 pixels, not 256.
    const picture = changed((p) => applyBlur(p, { sigma: (sigma * 256) / 9 }));
    expectPicture(picture, pixels, sum);
  });

  it('has a kernel of 3 to 5 pixels at 256, and twice as wide a one at 512', () => {
    const spread = (sigma: number, size: number) => {
      const dot = plainImage(size, size, [0, 0, 0]);
      const middle = size / 2;
      dot.data.fill(255, (middle * size + middle) * 3, (middle * size + middle) * 3 + 3);
      const { data } = changed((p) => applyBlur(p, { sigma }), dot);
      const row = data.subarray(middle * size * 3, (middle + 1) * size * 3);
      return row.filter((value) => value > 0).length / 3;
    };
    expect(spread(0.8, 256)).toBe(3);
    expect(spread(1.1, 256)).toBe(5);
    expect(spread(0.8, 512)).toBe(7);
  });

  it('leaves one pixel, and one colour, as they are', () => {
    const plain = plainImage(3, 1, [10, 20, 30]);
    const blurred = changed((p) => gaussianFilter(p, 2, 4), plain);
    changed(() => {}, plain).data.forEach((value, i) => {
      expect(blurred.data[i]).toBeCloseTo(value, 6);
    });
  });
});

it('mirror agrees with numpy, however far out', () => {
  // np.pad(np.arange(4), (7, 7), mode='reflect')
  const expected = [1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2];
  expect(Array.from({ length: 18 }, (_, i) => mirror(i - 7, 4))).toEqual(expected);
  expect(mirror(-3, 1)).toBe(0);
});

describe('noise', () => {
  const grey = plainImage(251, 199, [128, 128, 128]);
  const residuals = (sigma: number, seed: number) => {
    const clean = changed(() => {}, grey);
    const noisy = changed((p) => applyNoise(p, { sigma, seed }), grey);
    return noisy.data.map((value, i) => (value - clean.data[i]!) / sigma);
  };
  const mean = (values: Float32Array, power = 1) =>
    values.reduce((sum, value) => sum + value ** power, 0) / values.length;

  it('is normal: four moments, and the share beyond two sigma', () => {
    const values = residuals(0.05, 7);
    // Five standard errors of 149,847 normal numbers; of the kurtosis sqrt(96 / n).
    expect(Math.abs(mean(values))).toBeLessThan(0.013);
    expect(Math.abs(mean(values, 2) - 1)).toBeLessThan(0.019);
    expect(Math.abs(mean(values, 3))).toBeLessThan(0.05);
    expect(Math.abs(mean(values, 4) - 3)).toBeLessThan(0.13);
    // 2 * scipy.stats.norm.sf(2)
    const beyond = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(beyond).toBeCloseTo(0.0455, 2);
  });

  it('has neighbours and channels that know nothing of each other', () => {
    const values = residuals(0.05, 7);
    for (const lag of [1, 2, 3, 251 * 3]) {
      const products = values.subarray(lag).map((value, i) => value * values[i]!);
      expect(Math.abs(mean(products)), `lag ${lag}`).toBeLessThan(0.013);
    }
  });

  it('is the same for one seed and another for the next, in all pixels', () => {
    expect(residuals(0.05, 7)).toEqual(residuals(0.05, 7));
    const other = residuals(0.05, 8);
    const same = residuals(0.05, 7).filter((value, i) => value === other[i]).length;
    expect(same / other.length).toBeLessThan(0.01);
  });

  it('stays in 0..1', () => {
    const { data } = changed((p) => applyNoise(p, { sigma: 0.38, seed: 1 }), pattern());
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
