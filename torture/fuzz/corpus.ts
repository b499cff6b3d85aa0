/** Image files as they should be: every format, small; and real photographs where there are some. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { photograph } from '../../test/support/photographs.ts';
import { SHARED } from './root.ts';

export async function imageCorpus(): Promise<readonly Buffer[]> {
  const { width, height, data } = photograph({ seed: 5, width: 40, height: 32 });
  const picture = () => sharp(data, { raw: { width, height, channels: 3 } });
  const made = [
    picture().png(),
    picture().png({ palette: true }),
    picture().png({ progressive: true }),
    picture().greyscale().png(),
    picture().toColourspace('rgb16').png(),
    picture().ensureAlpha().png(),
    picture().jpeg(),
    picture().jpeg({ progressive: true }),
    picture().withMetadata({ orientation: 6 }).jpeg(),
    picture().toColourspace('cmyk').jpeg(),
    picture().webp(),
    picture().webp({ lossless: true }),
    picture().gif(),
    picture().tiff({ compression: 'none' }),
    picture().tiff({ compression: 'lzw', predictor: 'horizontal' }),
    picture().tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 }),
    picture().tiff({ compression: 'jpeg' }),
    picture().toColourspace('rgb16').tiff({ compression: 'deflate' }),
    picture().avif(),
  ];
  const painted = await Promise.all(made.map((one) => one.toBuffer()));
  return [...painted, bmp(width, height, 24), bmp(width, height, 8), ...realImages()];
}

/** A bitmap of one colour; with 8 bits a pixel, by a palette. */
export function bmp(width: number, height: number, bits: 8 | 24): Buffer {
  const colours = bits === 8 ? 256 * 4 : 0;
  const row = Math.ceil((width * bits) / 32) * 4;
  const start = 54 + colours;
  const bytes = Buffer.alloc(start + row * Math.min(height, 1000), 0x5a);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(0, 6);
  bytes.writeUInt32LE(start, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(bits, 28);
  bytes.fill(0, 30, 54);
  return bytes;
}

function realImages(): Buffer[] {
  const folders = ['hazelnut_small/train/good', 'bottle/test/contamination', 'zipper/test/good'];
  return folders
    .map((folder) => join(SHARED, 'data', 'mvtec', folder))
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder)
        .slice(0, 2)
        .map((name) => join(folder, name)),
    )
    .map((path) => readFileSync(path));
}
