/** Resamples a photograph and its mask along a map, in one pass each. */
import type { Mask, RgbImage } from '../../image/image.ts';
import type { FloatImage } from '../floatImage.ts';
import type { Affine, Size } from './affine.ts';

export interface Warped {
  readonly image: FloatImage;
  /** Share of the pixels that lie outside of the photograph and show its reflection, 0 to 1. */
  readonly filled: number;
}

/**
 * Bilinear, pixel centres at half pixels. Outside, the photograph continues as its mirror image,
 * the mirror standing on its edge: d c b a | a b c d | d c b a.
 * @param map from the new image to the photograph
 */
export function warpImage({ width, height, data }: RgbImage, map: Affine): Warped {
  const { xx, yx } = map;
  const right = width - 0.5;
  const bottom = height - 0.5;
  const warped = new Float32Array(data.length);
  let filled = 0;
  let to = 0;
  for (let row = 0; row < height; row++) {
    const [startX, startY] = rowStart(map, row, { width, height });
    for (let column = 0; column < width; column++) {
      let x = startX + xx * column;
      let y = startY + yx * column;
      if (x < -0.5 || y < -0.5 || x > right || y > bottom) {
        filled++;
        x = reflect(x, width);
        y = reflect(y, height);
      }
      // Between the outermost centres and the edge the mirror image has the same value again.
      const left = x < 0 ? 0 : Math.floor(x);
      const top = y < 0 ? 0 : Math.floor(y);
      const weightX = x < 0 ? 0 : x - left;
      const weightY = y < 0 ? 0 : y - top;
      const besides = left + 1 < width ? 3 : 0;
      const below = top + 1 < height ? width * 3 : 0;
      let from = (top * width + left) * 3;
      for (let channel = 0; channel < 3; channel++, from++, to++) {
        const first = data[from]!;
        const third = data[from + below]!;
        const upper = first + (data[from + besides]! - first) * weightX;
        const lower = third + (data[from + below + besides]! - third) * weightX;
        warped[to] = (upper + (lower - upper) * weightY) / 255;
      }
    }
  }
  return { image: { width, height, data: warped }, filled: filled / (width * height) };
}

/** Nearest neighbour, reflected as the image is: a mirrored flaw is a flaw to be seen. */
export function warpMask({ width, height, data }: Mask, map: Affine): Mask {
  const warped = new Uint8Array(data.length);
  let to = 0;
  for (let row = 0; row < height; row++) {
    const [startX, startY] = rowStart(map, row, { width, height });
    for (let column = 0; column < width; column++) {
      const x = nearestIndex(reflect(startX + map.xx * column, width), width);
      const y = nearestIndex(reflect(startY + map.yx * column, height), height);
      warped[to++] = data[y * width + x]!;
    }
  }
  return { width, height, data: warped };
}

/** Where a row's first pixel comes from, in pixel indices of the photograph. */
function rowStart(map: Affine, row: number, { width, height }: Size): [x: number, y: number] {
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  const y = row - centreY;
  return [
    map.xy * y - map.xx * centreX + map.x0 + centreX,
    map.yy * y - map.yx * centreX + map.y0 + centreY,
  ];
}

/** The position folded into the image, whose edges are -0.5 and size - 0.5. */
function reflect(position: number, size: number): number {
  const fromEdge = (position + 0.5) % (2 * size);
  const folded = fromEdge < 0 ? fromEdge + 2 * size : fromEdge;
  return (folded > size ? 2 * size - folded : folded) - 0.5;
}

const nearestIndex = (position: number, size: number): number =>
  Math.min(Math.max(Math.floor(position + 0.5), 0), size - 1);
