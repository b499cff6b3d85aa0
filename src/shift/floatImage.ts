/** The picture between its transforms: not rounded, so that many of them cost one rounding. */
import type { RgbImage } from '../image/image.ts';

/** RGB, 0 black to 1 full scale: `data[(y * width + x) * 3 + channel]`. Transforms change it. */
export interface FloatImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const clip = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

export function toFloat({ width, height, data }: RgbImage): FloatImage {
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = data[i]! / 255;
  return { width, height, data: values };
}

/** The one rounding to 8 bits. */
export function toBytes({ width, height, data }: FloatImage): RgbImage {
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) bytes[i] = data[i]! * 255 + 0.5;
  return { width, height, data: bytes };
}
