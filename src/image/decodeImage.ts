/**
 * Decodes photographs to sRGB, 8 bits a channel.
 *
 * Values are those stored in the file: embedded colour profiles and PNG gamma are deliberately
 * not applied (as in Pillow, OpenCV and torchvision), so that an inspector sees the same numbers
 * as the reference implementations and a camera's profile cannot change a verdict.
 */

import { traced } from '../core/trace.ts';
import { type DecodeOptions, decodePixels } from './decodePixels.ts';
import type { RgbImage } from './image.ts';
import { toRgb } from './pixels.ts';
import { readImageFile } from './readImageFile.ts';

/**
 * Reads PNG, JPEG, TIFF, WebP, BMP, GIF and AVIF. Grey becomes RGB, 16 bits become 8
 * (round(value / 257)), the EXIF orientation is applied, a fully opaque alpha channel is dropped.
 * @throws FlawmapError (input) for missing, empty, truncated, damaged or non-image files, for
 * transparency, CMYK, floating point, several frames or pages, and too many pixels;
 * (environment) when the file may not be read
 */
export async function decodeImage(path: string, options?: DecodeOptions): Promise<RgbImage> {
  return decodeImageBytes(await readImageFile(path), path, options);
}

/**
 * {@link decodeImage} for a file in memory.
 * @param name what error messages call it
 */
export async function decodeImageBytes(
  bytes: Uint8Array,
  name: string,
  options?: DecodeOptions,
): Promise<RgbImage> {
  return traced('decode', { image: name }, async () =>
    toRgb(await decodePixels(bytes, name, options)),
  );
}
