import { describe, expect, it } from 'vitest';
import { decodeImageBytes } from './decodeImage.ts';

interface Bitmap {
  readonly width: number;
  /** Negative: rows from the top down. */
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Blue, green, red and a byte that means nothing, for every colour. */
  readonly palette?: readonly number[];
  readonly masks?: readonly number[];
  readonly headerSize?: number;
  /** Rows as they stand in the file, padding included. */
  readonly pixels: readonly number[];
}

function bitmap({ palette = [], masks = [], headerSize = 40, ...rest }: Bitmap): Buffer {
  const { width, height, bits, compression = 0, pixels } = rest;
  const header = Buffer.alloc(14 + headerSize);
  header.write('BM', 'latin1');
  const external = headerSize === 40 ? masks : [];
  header.writeUInt32LE(14 + headerSize + palette.length + external.length * 4, 10);
  header.writeUInt32LE(headerSize, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  const maskBytes = Buffer.alloc(masks.length * 4);
  masks.forEach((mask, i) => {
    maskBytes.writeUInt32LE(mask, i * 4);
  });
  if (headerSize > 40) maskBytes.copy(header, 54);
  const parts = [header, headerSize === 40 ? maskBytes : Buffer.alloc(0)];
  return Buffer.concat([...parts, Buffer.from(palette), Buffer.from(pixels)]);
}

const decode = async (description: Bitmap) =>
  [...(await decodeImageBytes(bitmap(description), 'a.bmp')).data].join(' ');

const BLACK_RED_WHITE = [0, 0, 0, 9, 0, 0, 255, 9, 255, 255, 255, 9];

describe('bitmaps', () => {
  it('reads 24 bits from the bottom up, rows padded to four bytes', async () => {
    const pixels = [3, 2, 1, 6, 5, 4, 99, 99, 9, 8, 7, 12, 11, 10, 99, 99];
    expect(await decode({ width: 2, height: 2, bits: 24, pixels })).toBe(
      '7 8 9 10 11 12 1 2 3 4 5 6',
    );
  });

  it('reads rows from the top down', async () => {
    const pixels = [3, 2, 1, 0, 9, 8, 7, 0];
    expect(await decode({ width: 1, height: -2, bits: 24, pixels })).toBe('1 2 3 7 8 9');
  });

  it('does without the padding of the last row', async () => {
    expect(await decode({ width: 1, height: 1, bits: 24, pixels: [3, 2, 1] })).toBe('1 2 3');
  });

  it('reads a palette of 8 bits', async () => {
    const pixels = [2, 1, 0, 0];
    const description = { width: 3, height: 1, bits: 8, palette: BLACK_RED_WHITE, pixels };
    expect(await decode(description)).toBe('255 255 255 255 0 0 0 0 0');
  });

  it('reads a palette of 4 bits', async () => {
    const pixels = [0x21, 0x0f, 0, 0];
    const description = { width: 3, height: 1, bits: 4, palette: BLACK_RED_WHITE, pixels };
    expect(await decode(description)).toBe('255 255 255 255 0 0 0 0 0');
  });

  it('reads a palette of 1 bit over more than one word', async () => {
    const palette = [10, 10, 10, 0, 20, 20, 20, 0];
    const pixels = [0b10000001, 0, 0, 1, 0b01000000, 0, 0, 0];
    const values = (await decode({ width: 34, height: 1, bits: 1, palette, pixels })).split(' ');
    const bright = values.flatMap((value, i) => (value === '20' && i % 3 === 0 ? [i / 3] : []));
    expect(bright).toEqual([0, 7, 31, 33]);
    expect(values).toHaveLength(34 * 3);
  });

  it('reads 16 bits, five for each colour', async () => {
    // red 31, green 16, blue 1: 0 11111 10000 00001
    const pixels = [0b00000001, 0b01111110, 0, 0];
    expect(await decode({ width: 1, height: 1, bits: 16, pixels })).toBe('255 132 8');
  });

  it('reads 16 bits with masks (5-6-5)', async () => {
    const masks = [0xf800, 0x07e0, 0x001f];
    const pixels = [0b11100000, 0b00000111, 0, 0];
    expect(await decode({ width: 1, height: 1, bits: 16, compression: 3, masks, pixels })).toBe(
      '0 255 0',
    );
  });

  it('takes the fourth byte of plain 32 bits for padding, whatever it holds', async () => {
    const pixels = [3, 2, 1, 0, 6, 5, 4, 77];
    expect(await decode({ width: 2, height: 1, bits: 32, pixels })).toBe('1 2 3 4 5 6');
  });

  it('reads the masks of a version 5 header, in any order, opaque alpha included', async () => {
    const masks = [0x000000ff, 0x0000ff00, 0x00ff0000, 0xff000000];
    const description = { width: 1, height: 1, bits: 32, compression: 3, masks, headerSize: 124 };
    expect(await decode({ ...description, pixels: [1, 2, 3, 255] })).toBe('1 2 3');
    await expect(decode({ ...description, pixels: [1, 2, 3, 200] })).rejects.toThrow('transparent');
  });

  it('reads the OS/2 header', async () => {
    const file = Buffer.alloc(14 + 12 + 4);
    file.write('BM', 'latin1');
    file.writeUInt32LE(26, 10);
    file.writeUInt32LE(12, 14);
    file.set([1, 0, 1, 0, 1, 0, 24, 0, 3, 2, 1, 0], 18);
    expect([...(await decodeImageBytes(file, 'a.bmp')).data]).toEqual([1, 2, 3]);
  });
});

describe('bitmaps that are refused', () => {
  const fine: Bitmap = { width: 2, height: 2, bits: 24, pixels: new Array(16).fill(1) };

  it('refuses one cut short anywhere', async () => {
    const whole = bitmap(fine);
    for (let length = 14; length < whole.length - 2; length++) {
      const work = decodeImageBytes(whole.subarray(0, length), 'a.bmp');
      await expect(work).rejects.toThrow('a.bmp is cut short');
    }
  });

  it.each([
    [{ compression: 1, bits: 8 }, 'RLE8'],
    [{ compression: 4 }, 'JPEG'],
    [{ bits: 2 }, '2 bits a pixel'],
    [{ width: -2 }, '-2 x 2'],
    [{ height: 0 }, '2 x 0'],
    [{ headerSize: 200 }, '200 bytes'],
    [{ bits: 8, palette: [0, 0, 0, 0], pixels: [0, 1, 0, 0, 0, 0, 0, 0] }, 'colour 1 of 1'],
  ])('refuses %j', async (change, found) => {
    await expect(decode({ ...fine, ...change })).rejects.toThrow(found);
  });

  it('holds the pixel limit before looking at pixels', async () => {
    await expect(decode({ ...fine, width: 20_000, height: -20_000 })).rejects.toThrow(
      '20000 x 20000 = 400 megapixels',
    );
  });
});
