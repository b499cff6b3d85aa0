/** The part lies turned, or the camera is mounted askew. */
import type { Random } from '../../core/random.ts';
import { drawAround } from '../drawWithin.ts';
import type { Affine } from './affine.ts';

export interface Rotation {
  /** About the image's centre; positive turns counter-clockwise. */
  readonly degrees: number;
}

/** @param limit degrees to either side at severity 1 */
export function drawRotation(limit: number, severity: number, random: Random): Rotation {
  return { degrees: drawAround(limit, severity, random) };
}

export function rotationMap({ degrees }: Rotation): Affine {
  const cosine = Math.cos((degrees * Math.PI) / 180);
  const sine = Math.sin((degrees * Math.PI) / 180);
  return { xx: cosine, xy: -sine, x0: 0, yx: sine, yy: cosine, y0: 0 };
}
