import { describe, expect, it } from 'vitest';
import { avifLength } from './avifLength.ts';

/** A box of this many bytes in all. */
function box(size: number, type: string, written = size): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32BE(written, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

describe('avifLength', () => {
  it('reaches to the end of the last box', () => {
    const file = Buffer.concat([box(24, 'ftyp'), box(100, 'meta'), box(50, 'mdat')]);
    expect(avifLength(file)).toBe(174);
    expect(avifLength(file.subarray(0, 173))).toBe(174);
    expect(avifLength(file.subarray(0, 60))).toBe(124);
  });

  it('wants more than half a header', () => {
    expect(avifLength(Buffer.concat([box(24, 'ftyp'), Buffer.alloc(3)]))).toBe(40);
  });

  it('comes to an end with damaged sizes', () => {
    expect(avifLength(Buffer.concat([box(24, 'ftyp'), box(40, 'mdat', 1)]))).toBeGreaterThan(0);
  });

  it('knows boxes of long size, and one that goes to the end of the file', () => {
    const long = box(40, 'mdat', 1);
    long.writeBigUInt64BE(40n, 8);
    expect(avifLength(Buffer.concat([box(24, 'ftyp'), long]))).toBe(64);
    expect(avifLength(Buffer.concat([box(24, 'ftyp'), box(30, 'mdat', 0)]))).toBe(54);
  });
});
