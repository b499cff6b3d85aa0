import { describe, expect, it } from 'vitest';
import { luminance } from '../../../image/luminance.ts';
import { measureDefect } from './measureDefect.ts';

const WIDTH = 60;
const HEIGHT = 40;

const maskOf = (defective: (x: number, y: number) => boolean, width = WIDTH, height = HEIGHT) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, pixel) =>
    defective(pixel % width, Math.floor(pixel / width)) ? 1 : 0,
  ),
});

const flat = (value: number) => new Float32Array(WIDTH * HEIGHT).fill(value);

describe('measureDefect', () => {
  // h, w = 40, 60; y, x = numpy.mgrid[0:h, 0:w]
  // rgb = stack([(7*x + 3*y) % 256, (5*x + 11*y) % 256, (x*y) % 256]); grey = rgb @ [.299, .587, .114]
  // mask as below; n = scipy.ndimage.label(mask, ones((3, 3)))[1]
  // ring = scipy.ndimage.binary_dilation(mask, ones((5, 5))) & ~mask
  // contrast = abs(grey[mask].mean() - grey[ring].mean()); local = contrast / grey[ring].std()
  // cy, cx = scipy.ndimage.center_of_mass(mask)
  // offset = hypot(cx + .5 - w/2, cy + .5 - h/2) / (hypot(w, h)/2)
  it('agrees with scipy', () => {
    const mask = maskOf(
      (x, y) => (x - 40) ** 2 / 49 + (y - 12) ** 2 / 16 <= 1 || (x >= 5 && x < 9 && y >= 33),
    );
    const data = new Uint8Array(WIDTH * HEIGHT * 3);
    for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      const x = pixel % WIDTH;
      const y = Math.floor(pixel / WIDTH);
      data.set([(7 * x + 3 * y) % 256, (5 * x + 11 * y) % 256, (x * y) % 256], pixel * 3);
    }
    const found = measureDefect(mask, luminance({ width: WIDTH, height: HEIGHT, data }))!;
    expect(found).toMatchObject({ regions: 2, truncated: true });
    expect(found.area).toBeCloseTo(0.04791666666666667, 12);
    // Luminance is float32.
    expect(found.contrast.value).toBeCloseTo(5.7316272017837235, 5);
    expect(found.localContrast.value).toBeCloseTo(0.11596919094112684, 6);
    expect(found.offset).toBeCloseTo(0.07959491011645224, 12);
  });

  it('tells a dark defect from a bright one by nothing but its surroundings', () => {
    const mask = maskOf((x, y) => x >= 10 && x < 14 && y >= 10 && y < 14);
    const grey = Float32Array.from(mask.data, (defective, pixel) =>
      defective === 1 ? 50 : 100 + (pixel % 2),
    );
    const { contrast, localContrast, truncated } = measureDefect(mask, grey)!;
    expect(contrast.value).toBe(50.5);
    expect(localContrast.value).toBe(101);
    expect(truncated).toBe(false);
  });

  it('has a corner pixel nearly as far out as can be, and cut off', () => {
    const { offset, truncated } = measureDefect(
      maskOf((x, y) => x === WIDTH - 1 && y === HEIGHT - 1),
      flat(0),
    )!;
    expect(offset).toBeCloseTo(Math.hypot(29.5, 19.5) / Math.hypot(30, 20), 12);
    expect(truncated).toBe(true);
  });

  it('says why there is no contrast', () => {
    const uniform = measureDefect(
      maskOf((x, y) => x === 5 && y === 5),
      flat(7),
    )!;
    expect(uniform.contrast).toEqual({ value: 0, reason: null });
    expect(uniform.localContrast).toMatchObject({
      value: null,
      reason: expect.stringContaining('one grey level'),
    });
    const everything = measureDefect(
      maskOf(() => true),
      flat(7),
    )!;
    expect(everything).toMatchObject({ area: 1, regions: 1, offset: 0, truncated: true });
    expect(everything.contrast.reason).toMatch(/no surroundings/);
    expect(everything.localContrast.value).toBeNull();
  });

  it('measures nothing where the mask is empty', () => {
    expect(
      measureDefect(
        maskOf(() => false),
        flat(7),
      ),
    ).toBeNull();
  });
});
