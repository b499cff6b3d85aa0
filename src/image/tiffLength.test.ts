import { describe, expect, it } from 'vitest';
import { tiffLength } from './tiffLength.ts';

/** A header, and a directory at 10 with two fields: a SHORT in place, three RATIONALs at 60. */
function tiff(order: 'II' | 'MM'): Buffer {
  const file = Buffer.alloc(90);
  const short = (value: number, at: number) =>
    order === 'II' ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at);
  file.write(order, 'latin1');
  short(42, 2);
  long(10, 4);
  short(2, 10);
  [256, 3].forEach((value, i) => {
    short(value, 12 + i * 2);
  });
  long(1, 16);
  long(7, 20);
  [282, 5].forEach((value, i) => {
    short(value, 24 + i * 2);
  });
  long(3, 28);
  long(60, 32);
  return file;
}

describe('tiffLength', () => {
  it.each(['II', 'MM'] as const)('reaches to the last value (%s)', (order) => {
    expect(tiffLength(tiff(order))).toBe(60 + 3 * 8);
  });

  it('says how far it could tell when even the directory is cut', () => {
    expect(tiffLength(tiff('II').subarray(0, 6))).toBe(16);
    // Two bytes of count, two entries, the offset of the next directory.
    expect(tiffLength(tiff('II').subarray(0, 30))).toBe(10 + 2 + 24 + 4);
  });

  it('knows where the directory of a BigTIFF is', () => {
    const file = Buffer.alloc(16);
    file.write('II+\0', 'latin1');
    file.writeBigUInt64LE(5_000_000_000n, 8);
    expect(tiffLength(file)).toBe(5_000_000_001);
  });
});
