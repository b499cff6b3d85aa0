/** Light from one side. */
import type { Random } from '../../core/random.ts';
import { drawFrom } from '../drawWithin.ts';
import type { FloatImage } from '../floatImage.ts';
import { halfExtent, shade } from './shade.ts';

export interface LinearGradient {
  /** Light gained at the brightest corner or side and lost at the opposite one, 0 to 1. */
  readonly strength: number;
  /** Towards the light: 0 is right, 90 is up. */
  readonly degrees: number;
}

/** @param limit of the strength at severity 1 */
export function drawLinearGradient(
  limit: number,
  severity: number,
  random: Random,
): LinearGradient {
  return { strength: drawFrom([0, limit], severity, random), degrees: random.uniform(0, 360) };
}

/** In place: 1 + strength x (place along the direction, -1 to 1). */
export function applyLinearGradient(
  image: FloatImage,
  { strength, degrees }: LinearGradient,
): void {
  const half = halfExtent(image);
  const directionX = Math.cos((degrees * Math.PI) / 180);
  const directionY = -Math.sin((degrees * Math.PI) / 180);
  const furthest = Math.abs(directionX) * half.x + Math.abs(directionY) * half.y;
  const slopeX = (strength * directionX) / furthest;
  const slopeY = (strength * directionY) / furthest;
  shade(image, (x, y) => 1 + slopeX * x + slopeY * y);
}
