/** A lens slightly out of focus. */
import type { Random } from '../../core/random.ts';
import { drawFrom, type Range } from '../drawWithin.ts';
import type { FloatImage } from '../floatImage.ts';
import { gaussianFilter } from './gaussianFilter.ts';

export interface Blur {
  /** Of the Gaussian, in pixels of an image whose shorter side has 256. */
  readonly sigma: number;
}

const SIDE = 256;

/** Where the kernel ends, in sigmas: at 256 pixels a sigma of 0.8 gives 3 values, of 1.1 gives 5. */
const TRUNCATE = 1.6;

/** @param sigmas at severity 1; OpenCV takes 0.8 for a kernel of 3 values and 1.1 for one of 5 */
export function drawBlur(sigmas: Range, severity: number, random: Random): Blur {
  return { sigma: drawFrom(sigmas, severity, random) };
}

/** In place, scaled with the image: scipy's `gaussian_filter(mode='mirror', truncate=1.6)`. */
export function applyBlur(image: FloatImage, { sigma }: Blur): void {
  const scaled = (sigma * Math.min(image.width, image.height)) / SIDE;
  gaussianFilter(image, scaled, Math.floor(TRUNCATE * scaled + 0.5));
}
