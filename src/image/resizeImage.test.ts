import { describe, expect, it } from 'vitest';
import { fitImage, resizeImage } from './resizeImage.ts';

/** 13 x 9, as in the commands below. */
const pattern = {
  width: 13,
  height: 9,
  data: Uint8Array.from({ length: 13 * 9 * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % 13;
    const y = Math.floor(i / 39);
    return [x * 37 + y * 11, x * x * 3 + y, y * y * 7][i % 3]! % 256;
  }),
};

// python3 -c "import numpy as np; from PIL import Image; y,x=np.mgrid[0:9,0:13]
//   a=np.dstack([(x*37+y*11)%256,(x*x*3+y)%256,(y*y*7)%256]).astype(np.uint8)
//   for s in [(5,4),(20,3)]: r=np.asarray(Image.fromarray(a).resize(s,Image.BILINEAR))
//   print(r[1].ravel(), r.astype(int).sum())"  # the second row of each result, the sum of all
const PILLOW = [
  [5, 4, [70, 9, 63, 155, 40, 63, 150, 114, 63, 95, 176, 63, 180, 125, 63], 6482],
  [20, 3, [44, 4, 121, 62, 5, 121, 86, 8, 121, 110, 14, 121, 134, 22, 121], 19531],
  [26, 18, [3, 0, 2, 12, 1, 2, 31, 2, 2, 49, 5, 2, 68, 10, 2, 86, 16, 2], 152032],
] as const;

describe('resizeImage', () => {
  it.each(PILLOW)('to %i x %i agrees with Pillow', (width, height, secondRow, sum) => {
    const { data } = resizeImage(pattern, width, height);
    secondRow.forEach((expected, i) => {
      expect(Math.abs(data[width * 3 + i]! - expected)).toBeLessThanOrEqual(1);
    });
    const difference = data.reduce((total, value) => total + value, 0) - sum;
    // Pillow also rounds between its two passes.
    expect(Math.abs(difference) / data.length).toBeLessThan(0.2);
  });

  it('keeps one colour exactly', () => {
    const plain = { width: 7, height: 5, data: new Uint8Array(105).fill(255) };
    expect(resizeImage(plain, 3, 11).data).toEqual(new Uint8Array(99).fill(255));
  });
});

describe('fitImage', () => {
  const sizeOf = (width: number, height: number, edge: number) => {
    const fitted = fitImage({ width, height, data: new Uint8Array(width * height * 3) }, edge);
    return [fitted.width, fitted.height];
  };

  it('makes the longest side as long as asked', () => {
    expect(sizeOf(40, 20, 10)).toEqual([10, 5]);
    expect(sizeOf(20, 40, 10)).toEqual([5, 10]);
    expect(sizeOf(4, 2, 10)).toEqual([10, 5]);
  });

  it('leaves at least one pixel', () => {
    expect(sizeOf(1000, 1, 10)).toEqual([10, 1]);
  });
});
