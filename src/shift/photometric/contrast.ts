/** How far values lie from the image's mean grey. */
import type { Random } from '../../core/random.ts';
import { drawAround } from '../drawWithin.ts';
import { clip, type FloatImage } from '../floatImage.ts';
import { BLUE, GREEN, RED } from './greyLevel.ts';

export interface Contrast {
  /** 0: all grey; 1: unchanged. */
  readonly factor: number;
}

/** @param limit of the factor's distance from 1 at severity 1 */
export function drawContrast(limit: number, severity: number, random: Random): Contrast {
  return { factor: 1 + drawAround(limit, severity, random) };
}

/** In place, clipped to 0..1: torchvision's `adjust_contrast` of a float tensor. */
export function applyContrast({ data }: FloatImage, { factor }: Contrast): void {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) {
    sum += RED * data[i]! + GREEN * data[i + 1]! + BLUE * data[i + 2]!;
  }
  const offset = (1 - factor) * (sum / (data.length / 3));
  for (let i = 0; i < data.length; i++) data[i] = clip(factor * data[i]! + offset);
}
