/**
 * The header of a Windows bitmap, OS/2 1.x to version 5.
 * Source: Microsoft, "Bitmap Storage" (BITMAPFILEHEADER, BITMAPINFOHEADER, BITMAPV5HEADER).
 */
import { corrupt, cutShort, unsupportedPixels } from './refusal.ts';

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Rows run from the top down; as a rule they run from the bottom up. */
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  /** Offset of the pixels in the file. */
  readonly pixelStart: number;
  /** Offset of the palette, and the size of its entries in bytes. */
  readonly paletteStart: number;
  readonly paletteEntry: 3 | 4;
  /** Where red, green, blue and alpha lie in pixels of 16 or 32 bits; no alpha: 0. */
  readonly masks: readonly number[];
}

/** So many bytes of a file hold its header's fields. */
export const BMP_HEAD_LENGTH = 70;

const BITFIELDS = 3;
const COMPRESSIONS: Record<number, string> = { 1: 'RLE8', 2: 'RLE4', 4: 'JPEG', 5: 'PNG' };
const MASKS_OF_16_BITS = [0x7c00, 0x03e0, 0x001f, 0];
const MASKS_OF_32_BITS = [0xff0000, 0x00ff00, 0x0000ff, 0];

/** @throws FlawmapError (input) when the header is incomplete, senseless or of a compressed kind */
export function readBmpHeader(bytes: Uint8Array, name: string): BmpHeader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 18) throw cutShort(name);
  const headerSize = buffer.readUInt32LE(14);
  const isOs2 = headerSize === 12;
  if (!isOs2 && (headerSize < 40 || headerSize > 124)) {
    throw corrupt(name, `a bitmap header of ${headerSize} bytes`);
  }
  if (buffer.length < (isOs2 ? 26 : 54)) throw cutShort(name);

  const width = isOs2 ? buffer.readUInt16LE(18) : buffer.readInt32LE(18);
  const height = isOs2 ? buffer.readUInt16LE(20) : buffer.readInt32LE(22);
  if (width <= 0 || height === 0) throw corrupt(name, `a bitmap of ${width} x ${height} pixels`);
  const bitsPerPixel = buffer.readUInt16LE(isOs2 ? 24 : 28);
  if (![1, 4, 8, 16, 24, 32].includes(bitsPerPixel)) {
    throw unsupportedPixels(name, `a bitmap of ${bitsPerPixel} bits a pixel`);
  }
  const compression = isOs2 ? 0 : buffer.readUInt32LE(30);
  const hasMasks = compression === BITFIELDS && (bitsPerPixel === 16 || bitsPerPixel === 32);
  if (compression !== 0 && !hasMasks) {
    const kind = COMPRESSIONS[compression] ?? `unknown (${compression})`;
    throw unsupportedPixels(name, `a bitmap with ${kind} compression`);
  }
  if (hasMasks && buffer.length < BMP_HEAD_LENGTH) throw cutShort(name);

  return {
    width,
    height: Math.abs(height),
    isTopDown: height < 0,
    bitsPerPixel,
    pixelStart: buffer.readUInt32LE(10),
    paletteStart: 14 + headerSize,
    paletteEntry: isOs2 ? 3 : 4,
    masks: hasMasks
      ? readMasks(buffer, headerSize)
      : bitsPerPixel === 16
        ? MASKS_OF_16_BITS
        : MASKS_OF_32_BITS,
  };
}

/** Three masks follow a header of 40 bytes; longer headers contain them, and from 56 bytes alpha's. */
function readMasks(buffer: Buffer, headerSize: number): number[] {
  const alpha = headerSize >= 56 ? buffer.readUInt32LE(66) : 0;
  return [buffer.readUInt32LE(54), buffer.readUInt32LE(58), buffer.readUInt32LE(62), alpha];
}
