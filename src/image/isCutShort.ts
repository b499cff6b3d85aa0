/** Tells a file that ends too early from one that is damaged: the remedies differ. */
import { messageOf } from '../core/error.ts';
import { avifLength } from './avifLength.ts';
import type { ImageFormat } from './imageFormat.ts';
import { jpegEnds } from './jpegEnds.ts';
import { inspectPng } from './pngChunks.ts';
import { tiffLength } from './tiffLength.ts';

const GIF_TRAILER = 0x3b;

/**
 * @param bytes the whole file, which the codec refused
 * @param failure what it threw: in some files only that shows that data is missing
 */
export function isCutShort(bytes: Uint8Array, format: ImageFormat, failure: unknown): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Where the file itself shows it: libvips keeps its messages in one place, so that those of
  // images decoded at once get lost or mixed.
  if (format === 'jpeg' && !jpegEnds(buffer)) return true;
  if (format === 'gif' && buffer.at(-1) !== GIF_TRAILER) return true;
  if (format === 'avif' && buffer.length < avifLength(buffer)) return true;
  if (format === 'png' && !inspectPng(bytes).isWhole) return true;
  if (format === 'webp' && buffer.length < 8 + buffer.readUInt32LE(4)) return true;
  if (format === 'tiff' && buffer.length < tiffLength(buffer)) return true;
  return /premature end of JPEG image|unexpected end|got \d+ bytes, expected|bad seek/i.test(
    messageOf(failure),
  );
}
