/**
 * Decodes Windows bitmaps as industrial cameras write them: palettes of 1, 4 and 8 bits, and
 * pixels of 16, 24 and 32 bits. The fourth byte of plain 32-bit pixels is padding, not alpha.
 */
import { type BmpHeader, readBmpHeader } from './bmpHeader.ts';
import type { RawPixels } from './pixels.ts';
import { corrupt, cutShort } from './refusal.ts';

/** Writes the pixels of one row to `data[to]` and on. */
type ReadRow = (from: number, to: number) => void;

/** @throws FlawmapError (input) for headers we refuse, missing pixels and colours off the palette */
export function decodeBmp(bytes: Uint8Array, name: string): RawPixels {
  const header = readBmpHeader(bytes, name);
  const { width, height, bitsPerPixel, pixelStart, isTopDown } = header;
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  // Some writers leave out the padding of the last row.
  const lastRow = Math.ceil((width * bitsPerPixel) / 8);
  if (bytes.length < pixelStart + stride * (height - 1) + lastRow) throw cutShort(name);

  const channels = bitsPerPixel > 8 && header.masks[3] !== 0 ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  const readRow = rowReader(header, bytes, data, name);
  for (let row = 0; row < height; row++) {
    const y = isTopDown ? row : height - 1 - row;
    readRow(pixelStart + row * stride, y * width * channels);
  }
  return { width, height, channels, data };
}

function rowReader(header: BmpHeader, bytes: Uint8Array, data: Uint8Array, name: string): ReadRow {
  if (header.bitsPerPixel <= 8) return paletteRow(header, bytes, data, name);
  if (header.bitsPerPixel === 24) return bgrRow(header, bytes, data);
  return maskedRow(header, bytes, data);
}

function paletteRow(header: BmpHeader, bytes: Uint8Array, data: Uint8Array, name: string): ReadRow {
  const { width, bitsPerPixel, paletteStart, paletteEntry, pixelStart } = header;
  const colourCount = Math.floor((pixelStart - paletteStart) / paletteEntry);
  const perByte = 8 / bitsPerPixel;
  return (from, to) => {
    for (let x = 0; x < width; x++) {
      const shift = 8 - bitsPerPixel * ((x % perByte) + 1);
      const byte = bytes[from + Math.floor(x / perByte)]!;
      const index = (byte >> shift) & (2 ** bitsPerPixel - 1);
      if (index >= colourCount) throw corrupt(name, `colour ${index} of ${colourCount}`);
      const entry = paletteStart + index * paletteEntry;
      for (let c = 0; c < 3; c++) data[to + x * 3 + c] = bytes[entry + 2 - c]!;
    }
  };
}

function bgrRow({ width }: BmpHeader, bytes: Uint8Array, data: Uint8Array): ReadRow {
  return (from, to) => {
    for (let x = 0; x < width * 3; x += 3) {
      data[to + x] = bytes[from + x + 2]!;
      data[to + x + 1] = bytes[from + x + 1]!;
      data[to + x + 2] = bytes[from + x]!;
    }
  };
}

function maskedRow(header: BmpHeader, bytes: Uint8Array, data: Uint8Array): ReadRow {
  const { width, bitsPerPixel, masks } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bitsPerPixel / 8;
  const fields = masks
    .filter((mask, channel) => channel < 3 || mask !== 0)
    .map((mask) => {
      const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
      return { shift, maximum: mask >>> shift };
    });
  return (from, to) => {
    let next = to;
    for (let x = 0; x < width; x++) {
      const at = from + x * size;
      const pixel = size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (const { shift, maximum } of fields) {
        // A field without bits is black.
        const value = maximum === 0 ? 0 : ((pixel >>> shift) & maximum) / maximum;
        data[next++] = Math.round(value * 255);
      }
    }
  };
}
