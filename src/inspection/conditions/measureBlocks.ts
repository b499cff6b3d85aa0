/** What each part of a photograph is like: light, contrast, colour, sharpness, noise. */
import type { RgbImage } from '../../image/image.ts';
import { luminance } from '../../image/luminance.ts';

/** Blocks to a side. */
export const BLOCKS = 8;

/** One number for each of 8 x 8 blocks, row by row. */
export interface BlockMeasures {
  /** Mean luminance, 0 to 255. */
  readonly brightness: Float64Array;
  /** Standard deviation of luminance. */
  readonly contrast: Float64Array;
  /** Mean of (largest - smallest channel) / largest, the S of HSV, 0 to 1. */
  readonly saturation: Float64Array;
  /** Variance of the Laplacian of luminance, as `sharpness` of a whole image. */
  readonly sharpness: Float64Array;
  /**
   * Standard deviation of the noise of luminance: Immerkær, "Fast noise variance estimation",
   * Computer Vision and Image Understanding 64 (1996), equation 6.
   */
  readonly noise: Float64Array;
}

/**
 * Blocks of an image of less than 8 pixels to a side share pixels. The image's outermost pixels
 * have no neighbours: sharpness and noise are of the others, and 0 where a block has none.
 */
export function measureBlocks(image: RgbImage): BlockMeasures {
  const grey = luminance(image);
  const measures = {
    brightness: new Float64Array(BLOCKS * BLOCKS),
    contrast: new Float64Array(BLOCKS * BLOCKS),
    saturation: new Float64Array(BLOCKS * BLOCKS),
    sharpness: new Float64Array(BLOCKS * BLOCKS),
    noise: new Float64Array(BLOCKS * BLOCKS),
  };
  for (let block = 0; block < BLOCKS * BLOCKS; block++) {
    const [left, right] = span(block % BLOCKS, image.width);
    const [top, bottom] = span(Math.floor(block / BLOCKS), image.height);
    const part = { left, right, top, bottom };
    const light = lightOf(image, grey, part);
    const detail = detailOf(image, grey, part);
    measures.brightness[block] = light.mean;
    measures.contrast[block] = light.deviation;
    measures.saturation[block] = light.saturation;
    measures.sharpness[block] = detail.laplacian;
    measures.noise[block] = detail.noise;
  }
  return measures;
}

interface Part {
  readonly left: number;
  /** Exclusive. */
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function span(block: number, size: number): [start: number, end: number] {
  const start = Math.floor((block * size) / BLOCKS);
  return [start, Math.max(start + 1, Math.floor(((block + 1) * size) / BLOCKS))];
}

function lightOf({ width, data }: RgbImage, grey: Float32Array, part: Part) {
  const { left, right, top, bottom } = part;
  const count = (right - left) * (bottom - top);
  let sum = 0;
  let squares = 0;
  let saturation = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const value = grey[at]!;
      sum += value;
      squares += value * value;
      const red = data[3 * at]!;
      const green = data[3 * at + 1]!;
      const blue = data[3 * at + 2]!;
      const largest = Math.max(red, green, blue);
      if (largest > 0) saturation += 1 - Math.min(red, green, blue) / largest;
    }
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { mean, deviation, saturation: saturation / count };
}

function detailOf({ width, height }: RgbImage, grey: Float32Array, part: Part) {
  let count = 0;
  let sum = 0;
  let squares = 0;
  let absolute = 0;
  for (let y = Math.max(part.top, 1); y < Math.min(part.bottom, height - 1); y++) {
    for (let x = Math.max(part.left, 1); x < Math.min(part.right, width - 1); x++) {
      const at = y * width + x;
      const above = at - width;
      const below = at + width;
      const sides = grey[at - 1]! + grey[at + 1]! + grey[above]! + grey[below]!;
      const corners = grey[above - 1]! + grey[above + 1]! + grey[below - 1]! + grey[below + 1]!;
      const laplacian = sides - 4 * grey[at]!;
      sum += laplacian;
      squares += laplacian * laplacian;
      absolute += Math.abs(corners - 2 * sides + 4 * grey[at]!);
      count++;
    }
  }
  if (count === 0) return { laplacian: 0, noise: 0 };
  return {
    laplacian: Math.max(0, squares / count - (sum / count) ** 2),
    noise: (Math.sqrt(Math.PI / 2) / 6) * (absolute / count),
  };
}
