import { describe, expect, it } from 'vitest';
import { plainImage } from './paint.ts';
import { resizeImage } from './resizeImage.ts';
import { sharpness } from './sharpness.ts';

const pattern = {
  width: 13,
  height: 9,
  data: Uint8Array.from({ length: 13 * 9 * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % 13;
    const y = Math.floor(i / 39);
    return [x * 37 + y * 11, x * x * 3 + y, y * y * 7][i % 3]! % 256;
  }),
};

describe('sharpness', () => {
  it('agrees with scipy', () => {
    // python3 -c "import numpy as np; from scipy.ndimage import laplace; y,x=np.mgrid[0:9,0:13]
    //   a=np.dstack([(x*37+y*11)%256,(x*x*3+y)%256,(y*y*7)%256])
    //   print(laplace(a@[.299,.587,.114], mode='mirror').var())"
    expect(sharpness(pattern) / 6570.935639767404).toBeCloseTo(1, 5);
  });

  it('falls when an image is blurred', () => {
    const blurred = resizeImage(resizeImage(pattern, 6, 4), 13, 9);
    expect(sharpness(blurred)).toBeLessThan(sharpness(pattern) / 5);
  });

  it('is zero for plain images, a single pixel and a single row', () => {
    expect(sharpness(plainImage(8, 5, [200, 10, 77]))).toBeCloseTo(0, 6);
    expect(sharpness(plainImage(1, 1, [200, 10, 77]))).toBeCloseTo(0, 6);
    expect(sharpness(plainImage(7, 1, [200, 10, 77]))).toBeCloseTo(0, 6);
  });
});
