/** Affine maps of the plane, from the shifted image back to the photograph it is made of. */
import type { Mask } from '../../image/image.ts';

/**
 * (x, y) to (xx x + xy y + x0, yx x + yy y + y0), in pixels from the image's centre, y downwards.
 */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

export type Size = Pick<Mask, 'width' | 'height'>;

export const IDENTITY: Affine = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** First `first`, then `second`. */
export function compose(first: Affine, second: Affine): Affine {
  const { xx, xy, x0, yx, yy, y0 } = second;
  return {
    xx: xx * first.xx + xy * first.yx,
    xy: xx * first.xy + xy * first.yy,
    x0: xx * first.x0 + xy * first.y0 + x0,
    yx: yx * first.xx + yy * first.yx,
    yy: yx * first.xy + yy * first.yy,
    y0: yx * first.x0 + yy * first.y0 + y0,
  };
}

/** The way back; the map must not collapse the plane. */
export function invert({ xx, xy, x0, yx, yy, y0 }: Affine): Affine {
  const determinant = xx * yy - xy * yx;
  return {
    xx: yy / determinant,
    xy: -xy / determinant,
    x0: (xy * y0 - yy * x0) / determinant,
    yx: -yx / determinant,
    yy: xx / determinant,
    y0: (yx * x0 - xx * y0) / determinant,
  };
}
