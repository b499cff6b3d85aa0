/** Small files that ask for much memory: sizes that are not there, and data that unpacks to gigabytes. */
import { deflateSync } from 'node:zlib';
import type { Random } from '../../src/core/random.ts';
import { bmp } from './corpus.ts';
import { type Chunk, writeChunks } from './pngChunks.ts';

const SIDES = [1, 9_999, 10_001, 30_000, 65_535, 1_000_000, 2 ** 31 - 1];

export function imageBomb(random: Random): Buffer {
  const [width, height] = [random.pick(SIDES), random.pick(SIDES)];
  switch (random.integer(5)) {
    case 0:
      return png(width, height, [{ type: 'IDAT', data: deflateSync(Buffer.alloc(2000)) }]);
    case 1: {
      // A text, or a colour profile, of 200 MB in 200 kB.
      const packed = deflateSync(Buffer.alloc(200e6));
      const kind = random.pick(['zTXt', 'iCCP', 'iTXt']);
      const head = kind === 'iTXt' ? 'a\0\x01\0\0\0' : 'a\0\0';
      const text = { type: kind, data: Buffer.concat([Buffer.from(head, 'latin1'), packed]) };
      return png(1, 1, [text, { type: 'IDAT', data: deflateSync(Buffer.alloc(2)) }]);
    }
    case 2: {
      const gif = Buffer.from(
        'GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;',
        'latin1',
      );
      gif.writeUInt16LE(Math.min(width, 65_535), 6);
      gif.writeUInt16LE(Math.min(height, 65_535), 8);
      return gif;
    }
    case 3:
      return bmp(Math.min(width, 100_000), height, random.pick([8, 24]));
    default:
      return tiff(width, height, random.pick([1, 5, 8, 32773]));
  }
}

function png(width: number, height: number, chunks: readonly Chunk[]): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return writeChunks([
    { type: 'IHDR', data: header },
    ...chunks,
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

/** One strip of a few bytes that is said to hold the image. */
function tiff(width: number, height: number, compression: number): Buffer {
  const entries = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 8],
    [259, 3, compression],
    [262, 3, 1],
    [273, 4, 200],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, 64],
  ] as const;
  const bytes = Buffer.alloc(264);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  for (const [i, [tag, type, value]] of entries.entries()) {
    const at = 10 + 12 * i;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  return bytes;
}
