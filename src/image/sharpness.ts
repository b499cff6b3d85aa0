/** How sharp a photograph is. */
import type { RgbImage } from './image.ts';
import { luminance } from './luminance.ts';

/**
 * Variance of the Laplacian of luminance (Pech-Pacheco et al., "Diatom autofocusing in
 * brightfield microscopy", ICPR 2000): kernel 0 1 0 / 1 -4 1 / 0 1 0, border reflected without
 * repeating the edge, as OpenCV. Zero for a plain image; it depends on the subject and the size,
 * so compare images of one product only.
 */
export function sharpness(image: RgbImage): number {
  const { width, height } = image;
  const grey = luminance(image);
  let sum = 0;
  let sumOfSquares = 0;
  for (let y = 0; y < height; y++) {
    const above = reflect(y - 1, height) * width;
    const row = y * width;
    const below = reflect(y + 1, height) * width;
    for (let x = 0; x < width; x++) {
      const left = grey[row + reflect(x - 1, width)]!;
      const right = grey[row + reflect(x + 1, width)]!;
      const value = grey[above + x]! + grey[below + x]! + left + right - 4 * grey[row + x]!;
      sum += value;
      sumOfSquares += value * value;
    }
  }
  const mean = sum / grey.length;
  return Math.max(0, sumOfSquares / grey.length - mean * mean);
}

/** The position mirrored into 0 ... size - 1; it lies at most one outside. */
function reflect(position: number, size: number): number {
  const inside = position < 0 ? 1 : position >= size ? size - 2 : position;
  return Math.min(Math.max(inside, 0), size - 1);
}
