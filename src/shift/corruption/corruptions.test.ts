import { describe, expect, it } from 'vitest';
import { changed, expectPicture, pattern } from '../../../test/support/pattern.ts';
import { createRandom } from '../../core/random.ts';
import { applyChannelContrast } from './channelContrast.ts';
import { drawCorruption } from './corruptions.ts';
import { applyDefocus } from './defocus.ts';
import { applyValueLift } from './valueLift.ts';

// As in ImageNet-C's make_imagenet_c.py; `a` the test pattern / 255.

it('brightness agrees with scikit-image', () => {
  // /usr/bin/python3, skimage.color: h = rgb2hsv(a); h[..., 2] = np.clip(h[..., 2] + .3, 0, 1)
  //   r = hsv2rgb(h); print(r[4, 5:8].ravel(), r.sum())
  expectPicture(
    changed((p) => applyValueLift(p, { lift: 0.3 })),
    [1, 0.344978, 0.489083, 0.066001, 0.739216, 0.739216, 0.277691, 0.892157, 0.661732],
    191.13104,
  );
});

it('contrast agrees with numpy', () => {
  // m = a.mean((0, 1), keepdims=True); r = np.clip((a - m) * .4 + m, 0, 1)
  expectPicture(
    changed((p) => applyChannelContrast(p, { factor: 0.4 })),
    [0.660754, 0.34727, 0.415163, 0.317225, 0.399035, 0.415163, 0.375264, 0.460211, 0.415163],
    149.05098,
  );
});

describe('defocus blur', () => {
  // OpenCV 5.0, the pattern 64 high and 56 wide; `disk` is make_imagenet_c.py's:
  //   r = np.dstack([cv2.filter2D(a[..., c], -1, disk(3, .1)) for c in range(3)])
  const OPENCV: [number, number, number[], number][] = [
    [
      3,
      0.1,
      [0.551859, 0.33739, 0.468966, 0.523867, 0.466802, 0.468966, 0.461258, 0.585125, 0.468966],
      5489.14021,
    ],
    [
      4,
      0.5,
      [0.511133, 0.356243, 0.423151, 0.50845, 0.45862, 0.423151, 0.495956, 0.513485, 0.423151],
      5492.75401,
    ],
    [
      6,
      0.5,
      [0.473951, 0.346021, 0.369693, 0.514173, 0.395374, 0.369693, 0.534618, 0.448052, 0.369693],
      5500.81883,
    ],
  ];

  it.each(OPENCV)('agrees with OpenCV at radius %d', (radius, softening, pixels, sum) => {
    // Radii are for a shorter side of 224, four times this one.
    const picture = changed(
      (p) => applyDefocus(p, { radius: 4 * radius, softening }),
      pattern(56, 64),
    );
    expectPicture(picture, pixels, sum);
  });
});

describe('drawing a corruption', () => {
  it('takes every kind, and the numbers of the severity', () => {
    const kinds = ['brightness', 'contrast', 'defocus', 'noise'] as const;
    const drawn = Array.from({ length: 200 }, (_, i) =>
      drawCorruption(kinds, 5, createRandom(`image ${i}`)),
    );
    const count = (name: string) => drawn.filter((shift) => name in shift).length;
    const counts = ['valueLift', 'channelContrast', 'defocus', 'noise'].map(count);
    expect(counts.reduce((sum, n) => sum + n)).toBe(200);
    // scipy.stats.binom.cdf(24, 200, .25) is 4e-6.
    for (const n of counts) expect(n).toBeGreaterThan(24);
    expect(drawn.find(({ noise }) => noise)!.noise!.sigma).toBe(0.38);
    expect(drawn.find(({ defocus }) => defocus)!.defocus!.radius).toBe(10);
  });

  it('changes nothing at severity 0', () => {
    expect(drawCorruption(['noise'], 0, createRandom(1))).toEqual({});
  });
});
