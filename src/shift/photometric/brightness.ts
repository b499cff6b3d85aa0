/** Exposure, or the lamp's strength. */
import type { Random } from '../../core/random.ts';
import { drawAround } from '../drawWithin.ts';
import type { FloatImage } from '../floatImage.ts';

export interface Brightness {
  /** What every value is multiplied by. */
  readonly factor: number;
}

/** @param limit of the factor's distance from 1 at severity 1 */
export function drawBrightness(limit: number, severity: number, random: Random): Brightness {
  return { factor: 1 + drawAround(limit, severity, random) };
}

/** In place, clipped to 0..1: torchvision's `adjust_brightness` of a float tensor. */
export function applyBrightness({ data }: FloatImage, { factor }: Brightness): void {
  for (let i = 0; i < data.length; i++) data[i] = Math.min(data[i]! * factor, 1);
}
