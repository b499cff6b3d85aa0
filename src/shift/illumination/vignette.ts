/** A lens that darkens towards the corners. */
import type { Random } from '../../core/random.ts';
import { drawFrom } from '../drawWithin.ts';
import type { FloatImage } from '../floatImage.ts';
import { shade } from './shade.ts';

export interface Vignette {
  /** Light lost in the corners, 0 to 1. */
  readonly strength: number;
}

/** @param limit of the strength at severity 1 */
export function drawVignette(limit: number, severity: number, random: Random): Vignette {
  return { strength: drawFrom([0, limit], severity, random) };
}

/** In place: 1 - strength x d^2, d from 0 at the centre to 1 in the corners. */
export function applyVignette(image: FloatImage, { strength }: Vignette): void {
  shade(image, (x, y) => 1 - strength * (x * x + y * y));
}
