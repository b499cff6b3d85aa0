/** How well a photograph is exposed. */
import type { RgbImage } from './image.ts';
import { luminance } from './luminance.ts';

export interface Exposure {
  /** Mean luminance, 0 to 255. */
  readonly mean: number;
  /** Standard deviation of luminance, 0 to 127.5. */
  readonly contrast: number;
  /** Share of pixels with a luminance of 250 or more, 0 to 1: burnt out. */
  readonly bright: number;
  /** Share of pixels with a luminance of 5 or less, 0 to 1: drowned in black. */
  readonly dark: number;
}

const BURNT = 250;
const DROWNED = 5;
/** Float32 weights of luminance make 250 as little as 249.99998. */
const ROUNDING = 1e-3;

export function exposure(image: RgbImage): Exposure {
  const grey = luminance(image);
  // Loops by index: iterators and callbacks take five times as long over a megapixel.
  let sum = 0;
  let bright = 0;
  let dark = 0;
  for (let i = 0; i < grey.length; i++) {
    const value = grey[i]!;
    sum += value;
    if (value >= BURNT - ROUNDING) bright++;
    if (value <= DROWNED + ROUNDING) dark++;
  }
  const mean = sum / grey.length;
  let squares = 0;
  for (let i = 0; i < grey.length; i++) {
    const offset = grey[i]! - mean;
    squares += offset * offset;
  }
  return {
    mean,
    contrast: Math.sqrt(squares / grey.length),
    bright: bright / grey.length,
    dark: dark / grey.length,
  };
}
