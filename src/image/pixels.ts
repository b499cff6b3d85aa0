/** Decoded samples before they become an image or a mask: grey or RGB, 8 or 16 bits, opaque. */
import type { RgbImage } from './image.ts';
import { transparent } from './refusal.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** `data[(y * width + x) * channels + channel]`. */
  readonly data: Uint8Array | Uint16Array;
}

/** Pixels whose last channel may be alpha (2 or 4 channels). */
export interface RawPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint16Array;
}

/**
 * Drops an alpha channel that says nothing.
 * @throws FlawmapError (input) if any pixel is not fully opaque: what it would show depends on a
 * background that the file does not have
 */
export function withoutAlpha(raw: RawPixels, name: string): Pixels {
  const { width, height, channels, data } = raw;
  if (channels === 1 || channels === 3) return { width, height, channels, data };
  const kept = channels === 2 ? 1 : 3;
  const count = width * height;
  const opaque = data instanceof Uint8Array ? 255 : 65535;
  const colours = data.slice(0, count * kept);
  let transparentCount = 0;
  for (let pixel = 0; pixel < count; pixel++) {
    const from = pixel * channels;
    for (let channel = 0; channel < kept; channel++) {
      colours[pixel * kept + channel] = data[from + channel]!;
    }
    if (data[from + kept] !== opaque) transparentCount++;
  }
  if (transparentCount > 0) throw transparent(name, transparentCount / count);
  return { width, height, channels: kept, data: colours };
}

/** Grey becomes RGB; 16 bits become 8 as round(value / 257), so that 65535 is 255. */
export function toRgb({ width, height, channels, data }: Pixels): RgbImage {
  const bytes = data instanceof Uint8Array ? data : toBytes(data);
  if (channels === 3) return { width, height, data: bytes };
  const rgb = new Uint8Array(bytes.length * 3);
  for (let pixel = 0; pixel < bytes.length; pixel++) {
    const grey = bytes[pixel]!;
    rgb[pixel * 3] = grey;
    rgb[pixel * 3 + 1] = grey;
    rgb[pixel * 3 + 2] = grey;
  }
  return { width, height, data: rgb };
}

function toBytes(samples: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = Math.round(samples[i]! / 257);
  return bytes;
}
