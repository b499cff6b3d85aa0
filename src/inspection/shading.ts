/** How the light falls on a photograph, apart from what it shows. */
import type { RgbImage } from '../image/image.ts';
import { luminance } from '../image/luminance.ts';
import { median } from '../stats/robust.ts';

export interface Shading {
  /** Logarithm of how much brighter it gets over the image's width, from left to right. */
  readonly x: number;
  /** And over its height, from top to bottom. */
  readonly y: number;
  /** The corners than the middles of the sides. */
  readonly corners: number;
}

/** Blocks to a side. */
const BLOCKS = 8;
/** Added to a block's grey level, so that black has a logarithm. */
const BLACK = 1;

/**
 * From the mean luminances of 8 x 8 blocks: the slope from each block to its mirror image, and of
 * these the median, so that a flaw, or a part that lies elsewhere, counts little.
 */
export function shading(image: RgbImage): Shading {
  const level = logMeans(image);
  const at = (x: number, y: number) => level[y * BLOCKS + x]!;
  const x: number[] = [];
  const y: number[] = [];
  for (let along = 0; along < BLOCKS; along++) {
    for (let across = 0; across < BLOCKS / 2; across++) {
      const mirrored = BLOCKS - 1 - across;
      const apart = (mirrored - across) / BLOCKS;
      x.push((at(mirrored, along) - at(across, along)) / apart);
      y.push((at(along, mirrored) - at(along, across)) / apart);
    }
  }
  const last = BLOCKS - 1;
  const middle = [BLOCKS / 2 - 1, BLOCKS / 2];
  const corners = [at(0, 0), at(last, 0), at(0, last), at(last, last)];
  const sides = middle.flatMap((i) => [at(i, 0), at(i, last), at(0, i), at(last, i)]);
  return { x: median(x), y: median(y), corners: median(corners) - median(sides) };
}

/** An image of less than 8 pixels to a side has blocks that share pixels. */
function logMeans(image: RgbImage): Float64Array {
  const { width, height } = image;
  const grey = luminance(image);
  return Float64Array.from({ length: BLOCKS * BLOCKS }, (_, block) => {
    const [left, right] = span(block % BLOCKS, width);
    const [top, bottom] = span(Math.floor(block / BLOCKS), height);
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += grey[y * width + x]!;
    }
    return Math.log(sum / ((right - left) * (bottom - top)) + BLACK);
  });
}

function span(block: number, size: number): [start: number, end: number] {
  const start = Math.floor((block * size) / BLOCKS);
  return [start, Math.max(start + 1, Math.floor(((block + 1) * size) / BLOCKS))];
}
