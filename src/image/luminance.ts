/** How bright pixels look. */
import type { RgbImage } from './image.ts';

/**
 * Luminance of every pixel, 0 to 255, not rounded: 0.299 R + 0.587 G + 0.114 B of the stored
 * values (ITU-R BT.601, what Pillow's `L` and OpenCV's grey use).
 */
export function luminance({ width, height, data }: RgbImage): Float32Array {
  const grey = new Float32Array(width * height);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = pixel * 3;
    grey[pixel] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  }
  return grey;
}
