/** A spot of light somewhere over the part. */
import type { Random } from '../../core/random.ts';
import { drawFrom } from '../drawWithin.ts';
import type { FloatImage } from '../floatImage.ts';
import { halfExtent, shade } from './shade.ts';

export interface RadialGradient {
  /** Light gained at the centre and lost at the corner furthest from it, 0 to 1. */
  readonly strength: number;
  /** The spot's centre in image widths and heights from the top left corner, 0 to 1. */
  readonly x: number;
  readonly y: number;
}

/** @param limit of the strength at severity 1 */
export function drawRadialGradient(
  limit: number,
  severity: number,
  random: Random,
): RadialGradient {
  const strength = drawFrom([0, limit], severity, random);
  return { strength, x: random.next(), y: random.next() };
}

/** In place: 1 + strength x (1 - 2 d^2), d from 0 at the centre to 1 at the furthest corner. */
export function applyRadialGradient(
  image: FloatImage,
  { strength, ...spot }: RadialGradient,
): void {
  const half = halfExtent(image);
  const centreX = (2 * spot.x - 1) * half.x;
  const centreY = (2 * spot.y - 1) * half.y;
  const furthest = Math.hypot(Math.abs(centreX) + half.x, Math.abs(centreY) + half.y);
  const fall = (2 * strength) / furthest ** 2;
  shade(image, (x, y) => {
    const besides = x - centreX;
    const below = y - centreY;
    return 1 + strength - fall * (besides * besides + below * below);
  });
}
