/** How bright pixels look. */
import type { RgbImage } from './image.ts';

/** Light, focus and conditions of a photograph are measured one after the other, all on this. */
const measured = new WeakMap<RgbImage, Float32Array>();

/**
 * Luminance of every pixel, 0 to 255, not rounded: 0.299 R + 0.587 G + 0.114 B of the stored
 * values (ITU-R BT.601, what Pillow's `L` and OpenCV's grey use). Computed once for an image, whose
 * pixels must not change afterwards.
 */
export function luminance(image: RgbImage): Float32Array {
  const known = measured.get(image);
  if (known !== undefined) return known;
  const { width, height, data } = image;
  const grey = new Float32Array(width * height);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = pixel * 3;
    grey[pixel] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  }
  measured.set(image, grey);
  return grey;
}
