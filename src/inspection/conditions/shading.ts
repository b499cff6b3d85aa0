/** How the light falls on a photograph, apart from what it shows. */
import { median } from '../../stats/robust.ts';
import { BLOCKS } from './measureBlocks.ts';

export interface Shading {
  /** Logarithm of how much brighter it gets over the image's width, from left to right. */
  readonly x: number;
  /** And over its height, from top to bottom. */
  readonly y: number;
  /** Of how much brighter the corners are than the middles of the sides. */
  readonly corners: number;
}

/** Added to a block's grey level, so that black has a logarithm. */
const BLACK = 1;

/**
 * The slope from each block to its mirror image, and of these the median, so that a flaw, or a part
 * that lies elsewhere, counts little.
 * @param brightness mean luminance of 8 x 8 blocks, row by row
 */
export function shading(brightness: Float64Array): Shading {
  const level = brightness.map((value) => Math.log(value + BLACK));
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
