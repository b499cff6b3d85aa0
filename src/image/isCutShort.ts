/** Tells a file that ends too early from one that is damaged: the remedies differ. */
import { messageOf } from '../core/error.ts';
import type { ImageFormat } from './imageFormat.ts';
import { inspectPng } from './pngChunks.ts';

/**
 * @param bytes the whole file
 * @param failure what the codec threw, if it did: in some formats only that shows missing data
 */
export function isCutShort(bytes: Uint8Array, format: ImageFormat, failure?: unknown): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'png' && !inspectPng(bytes).isWhole) return true;
  if (format === 'webp' && buffer.length < 8 + buffer.readUInt32LE(4)) return true;
  if (format === 'tiff' && buffer.length <= tiffDirectoryStart(buffer)) return true;
  return (
    failure !== undefined &&
    /premature end of JPEG image|unexpected end|got \d+ bytes, expected/i.test(messageOf(failure))
  );
}

/** Where a TIFF's first directory starts; many writers put it at the end of the file. */
function tiffDirectoryStart(buffer: Buffer): number {
  const headerLength = 16;
  if (buffer.length < headerLength) return headerLength;
  const isLittleEndian = buffer[0] === 'I'.charCodeAt(0);
  const isBigTiff = buffer[2] === 43 || buffer[3] === 43;
  if (isLittleEndian) return isBigTiff ? Number(buffer.readBigUInt64LE(8)) : buffer.readUInt32LE(4);
  return isBigTiff ? Number(buffer.readBigUInt64BE(8)) : buffer.readUInt32BE(4);
}
