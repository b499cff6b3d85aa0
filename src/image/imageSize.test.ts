import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { readImageSize } from './imageSize.ts';

const blank = () => sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } });
const sizeOf = (bytes: Uint8Array) => readImageSize(join(makeTree({ file: bytes }), 'file'));

describe('readImageSize', () => {
  it.each(['png', 'jpeg', 'tiff', 'webp', 'gif', 'avif'] as const)('reads %s', async (format) => {
    const bytes = await blank().toFormat(format).toBuffer();
    expect(await sizeOf(bytes)).toEqual({ width: 30, height: 20 });
  });

  it('reads a bitmap stored from the top down', async () => {
    const header = Buffer.alloc(54);
    header.write('BM', 'latin1');
    header.writeUInt32LE(40, 14);
    header.writeInt32LE(30, 18);
    header.writeInt32LE(-20, 22);
    header.writeUInt16LE(24, 28);
    expect(await sizeOf(header)).toEqual({ width: 30, height: 20 });
  });

  it('applies the EXIF orientation', async () => {
    const bytes = await blank().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await sizeOf(bytes)).toEqual({ width: 20, height: 30 });
  });

  it('needs no pixels', async () => {
    const bytes = await blank().png().toBuffer();
    // Signature and header, and the start of the image data.
    const start = bytes.subarray(0, bytes.indexOf('IDAT') + 8);
    expect(await sizeOf(start)).toEqual({ width: 30, height: 20 });
  });

  it('explains what has no size', async () => {
    await expect(sizeOf(new Uint8Array(0))).rejects.toThrow('0 bytes');
    await expect(sizeOf(Buffer.from('text'))).rejects.toThrow('not an image');
    const jpeg = await blank().jpeg().toBuffer();
    await expect(sizeOf(jpeg.subarray(0, 40))).rejects.toThrow('cut short');
    await expect(readImageSize(join(makeTree({}), 'gone.png'))).rejects.toThrow('no such file');
  });
});
