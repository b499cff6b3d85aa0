/** A picture that Python makes alike, to compare transforms with other programs. */
import { expect } from 'vitest';
import type { RgbImage } from '../../src/image/image.ts';
import { type FloatImage, toFloat } from '../../src/shift/floatImage.ts';

/**
 * y, x = np.mgrid[0:height, 0:width]
 * a = np.dstack([(x*37 + y*11) % 256, (x*x*3 + y) % 256, (y*y*7) % 256])
 */
export function pattern(width = 13, height = 9): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    return [x * 37 + y * 11, x * x * 3 + y, y * y * 7][i % 3]!;
  });
  return { width, height, data };
}

/** The pattern as 0 to 1, changed in place. */
export function changed(
  change: (picture: FloatImage) => void,
  image: RgbImage = pattern(),
): FloatImage {
  const picture = toFloat(image);
  change(picture);
  return picture;
}

/**
 * @param pixels `a[4, 5:8].ravel()`, to 6 digits
 * @param sum `a.sum()`
 */
export function expectPicture(
  { width, data }: FloatImage,
  pixels: readonly number[],
  sum: number,
): void {
  const start = (4 * width + 5) * 3;
  pixels.forEach((value, i) => {
    expect(data[start + i]!).toBeCloseTo(value, 5);
  });
  expect(data.reduce((total, value) => total + value, 0) / sum).toBeCloseTo(1, 5);
}
