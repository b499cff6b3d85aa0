import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectPicture, pattern } from '../../../test/support/pattern.ts';
import { toBytes } from '../floatImage.ts';
import { IDENTITY } from './affine.ts';
import { rotationMap } from './rotation.ts';
import { warpImage, warpMask } from './warp.ts';

const FAR = { xx: 1.2, xy: -0.5, x0: -17, yx: 0.4, yy: 1.3, y0: 20 };

// /usr/bin/python3, scipy.ndimage as n, `a` the test pattern / 255; m maps (y, x) about the centre:
//   def warp(m, shift): m = np.array(m); o = np.array([4, 6]) - m @ [4, 6] + shift
//     return np.dstack([n.affine_transform(a[..., c], m, o, order=1, mode='reflect') for c in (0, 1, 2)])
//   c, s = np.cos(np.deg2rad(8)), np.sin(np.deg2rad(8)); warp([[c, s], [-s, c]], [0, 0])
describe('warpImage', () => {
  it('turns as scipy, and inside of the frame as torchvision', () => {
    // Also torchvision's F.rotate(t, 8, BILINEAR): the same pixels.
    expectPicture(
      warpImage(pattern(), rotationMap({ degrees: 8 })).image,
      [0.885037, 0.310518, 0.412473, 0.039216, 0.439216, 0.439216, 0.188905, 0.591214, 0.4736],
      149.7194,
    );
    expectPicture(
      warpImage(pattern(), rotationMap({ degrees: -8 })).image,
      [0.895685, 0.311609, 0.4736, 0.039216, 0.439216, 0.439216, 0.178258, 0.590123, 0.412473],
      149.14767,
    );
  });

  it('reflects as scipy, far outside of the photograph too', () => {
    // warp([[1.3, .4], [-.5, 1.2]], [20, -17])
    const { image, filled } = warpImage(pattern(), FAR);
    expectPicture(
      image,
      [0.862745, 0.495686, 0.867451, 0.705882, 0.196078, 0.988235, 0.54902, 0.938039, 0.729412],
      180.90039,
    );
    expect(filled).toBe(1);
  });

  it('leaves the photograph as it is, byte for byte, along the identity', () => {
    const { image, filled } = warpImage(pattern(), IDENTITY);
    expect(toBytes(image)).toEqual(pattern());
    expect(filled).toBe(0);
  });

  it('counts the pixels that come from outside', () => {
    expect(warpImage(pattern(10, 10), { ...IDENTITY, x0: 3 }).filled).toBe(0.3);
    expect(warpImage(pattern(10, 10), { ...IDENTITY, y0: -1 }).filled).toBe(0.1);
  });
});

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const maps = fc.record({
  ...{ xx: number(0.5, 1.5), xy: number(-0.5, 0.5), x0: number(-30, 30) },
  ...{ yx: number(-0.5, 0.5), yy: number(0.5, 1.5), y0: number(-30, 30) },
});

describe('warpMask', () => {
  it('moves with the image: where a picture of the mask is white, the mask is set', () => {
    fc.assert(
      fc.property(maps, fc.uint8Array({ minLength: 35, maxLength: 35, max: 1 }), (map, data) => {
        const mask = { width: 7, height: 5, data };
        const picture = Uint8Array.from({ length: 105 }, (_, i) => data[Math.floor(i / 3)]! * 255);
        const { image } = warpImage({ ...mask, data: picture }, map);
        const moved = warpMask(mask, map);
        moved.data.forEach((value, pixel) => {
          const brightness = image.data[3 * pixel]!;
          if (brightness > 0.999) expect(value).toBe(1);
          if (brightness < 0.001) expect(value).toBe(0);
        });
      }),
    );
  });

  it('is a mask again, and the same along the identity', () => {
    const mask = { width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 0, 0, 1) };
    expect(warpMask(mask, IDENTITY)).toEqual(mask);
    const turned = warpMask(mask, rotationMap({ degrees: 33 }));
    expect(turned.data.every((value) => value === 0 || value === 1)).toBe(true);
  });

  it('agrees with scipy', () => {
    // m = (np.mgrid[0:9, 0:13].sum(0) % 5 == 0); n.affine_transform(m.astype(float), ..., order=0,
    //   mode='reflect') for a rotation of 8 degrees, a moved centre of (y, x) = (0.3, -2.2)
    const data = Uint8Array.from({ length: 117 }, (_, i) =>
      (Math.floor(i / 13) + (i % 13)) % 5 === 0 ? 1 : 0,
    );
    const map = { ...rotationMap({ degrees: 8 }), x0: -2.2, y0: 0.3 };
    const moved = warpMask({ width: 13, height: 9, data }, map);
    const rows = Array.from({ length: 9 }, (_, y) =>
      moved.data.subarray(y * 13, y * 13 + 13).join(''),
    );
    expect(rows).toEqual([
      '0110000100010',
      '0000001000100',
      '0000010001000',
      '0000100010000',
      '0001000000001',
      '1110000100010',
      '0000001000010',
      '0000001000100',
      '0000010000100',
    ]);
  });
});
