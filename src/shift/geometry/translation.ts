/** The part lies beside its usual place. */
import type { Random } from '../../core/random.ts';
import { drawAround } from '../drawWithin.ts';
import type { Affine, Size } from './affine.ts';

export interface Translation {
  /** In image widths, to the right. */
  readonly x: number;
  /** In image heights, downwards. */
  readonly y: number;
}

/** @param limit share of the side, in every direction, at severity 1 */
export function drawTranslation(limit: number, severity: number, random: Random): Translation {
  return { x: drawAround(limit, severity, random), y: drawAround(limit, severity, random) };
}

export function translationMap({ x, y }: Translation, { width, height }: Size): Affine {
  return { xx: 1, xy: 0, x0: -x * width, yx: 0, yy: 1, y0: -y * height };
}
