/** The camera stands closer: a part of the image, enlarged to the whole. The only zoom there is. */
import type { Random } from '../../core/random.ts';
import type { Range } from '../drawWithin.ts';
import type { Affine, Size } from './affine.ts';

export interface Crop {
  /** What is left of each side, 0 to 1; the image is enlarged by 1 / share. */
  readonly share: number;
  /** The part's top left corner, in image widths and heights: 0 to 1 - share. */
  readonly x: number;
  readonly y: number;
}

/** @param shares of each side at severity 1 */
export function drawCrop([low, high]: Range, severity: number, random: Random): Crop {
  const share = 1 - severity * (1 - random.uniform(low, high));
  return { share, x: (1 - share) * random.next(), y: (1 - share) * random.next() };
}

export function cropMap({ share, x, y }: Crop, { width, height }: Size): Affine {
  const margin = (1 - share) / 2;
  return {
    xx: share,
    xy: 0,
    x0: width * (x - margin),
    yx: 0,
    yy: share,
    y0: height * (y - margin),
  };
}
