/** How far colours lie from grey: another lamp's spectrum, another white balance. */
import type { Random } from '../../core/random.ts';
import { drawAround } from '../drawWithin.ts';
import { clip, type FloatImage } from '../floatImage.ts';
import { BLUE, GREEN, RED } from './greyLevel.ts';

export interface Saturation {
  /** 0: a grey image; 1: unchanged. */
  readonly factor: number;
}

/** @param limit of the factor's distance from 1 at severity 1 */
export function drawSaturation(limit: number, severity: number, random: Random): Saturation {
  return { factor: 1 + drawAround(limit, severity, random) };
}

/** In place, clipped to 0..1: torchvision's `adjust_saturation` of a float tensor. */
export function applySaturation({ data }: FloatImage, { factor }: Saturation): void {
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i]!;
    const green = data[i + 1]!;
    const blue = data[i + 2]!;
    const grey = (1 - factor) * (RED * red + GREEN * green + BLUE * blue);
    data[i] = clip(factor * red + grey);
    data[i + 1] = clip(factor * green + grey);
    data[i + 2] = clip(factor * blue + grey);
  }
}
