import { expect, it } from 'vitest';
import { changed, expectPicture } from '../../../test/support/pattern.ts';
import { plainImage } from '../../image/paint.ts';
import type { FloatImage } from '../floatImage.ts';
import { applyLinearGradient } from './linearGradient.ts';
import { applyRadialGradient } from './radialGradient.ts';
import { applyVignette } from './vignette.ts';

// numpy, `a` the test pattern / 255, y, x its grid; pixels and sum of
//   p = (x - 6) * cos(pi / 6) - (y - 4) * sin(pi / 6); far = 6.5 * cos(pi / 6) + 4.5 * sin(pi / 6)
//   np.minimum(a * (1 + .25 * p / far)[..., None], 1)
it('a linear gradient brightens one side and darkens the other', () => {
  expectPicture(
    changed((p) => applyLinearGradient(p, { strength: 0.25, degrees: 30 })),
    [0.873363, 0.301291, 0.427147, 0.039216, 0.439216, 0.439216, 0.189378, 0.608428, 0.451285],
    150.16484,
  );
});

//   r2 = (x + .5 - 2.6)**2 + (y + .5 - 6.3)**2; m = 10.4**2 + 6.3**2
//   np.minimum(a * (1 + .25 * (1 - 2 * r2 / m))[..., None], 1)
it('a radial gradient is a spot of light', () => {
  expectPicture(
    changed((p) => applyRadialGradient(p, { strength: 0.25, x: 0.2, y: 0.7 })),
    [1, 0.375049, 0.531715, 0.046573, 0.521615, 0.521615, 0.213407, 0.685626, 0.508544],
    161.57008,
  );
});

//   a * (1 - .25 * ((x - 6)**2 + (y - 4)**2) / (6.5**2 + 4.5**2))[..., None]
it('a vignette darkens the corners', () => {
  expectPicture(
    changed((p) => applyVignette(p, { strength: 0.25 })),
    [0.894447, 0.308565, 0.437459, 0.039216, 0.439216, 0.439216, 0.183576, 0.589788, 0.437459],
    137.44035,
  );
});

const grey = (change: (picture: FloatImage) => void): FloatImage =>
  changed(change, plainImage(200, 100, [102, 102, 102]));
const at = ({ width, data }: FloatImage, x: number, y: number) => data[(y * width + x) * 3]!;

it('light comes from where the parameters say', () => {
  const right = grey((p) => applyLinearGradient(p, { strength: 0.5, degrees: 0 }));
  expect(at(right, 199, 50)).toBeCloseTo(0.4 * 1.5, 2);
  expect(at(right, 0, 50)).toBeCloseTo(0.4 * 0.5, 2);
  const above = grey((p) => applyLinearGradient(p, { strength: 0.5, degrees: 90 }));
  expect(at(above, 0, 0)).toBeCloseTo(0.4 * 1.5, 2);
  const spot = grey((p) => applyRadialGradient(p, { strength: 0.5, x: 1, y: 0 }));
  expect(at(spot, 199, 0)).toBeCloseTo(0.4 * 1.5, 2);
  expect(at(spot, 0, 99)).toBeCloseTo(0.4 * 0.5, 2);
});
