/** Image files of every kind that is refused, and what the refusal says. */
import sharp from 'sharp';
import { photograph } from './photographs.ts';

export interface BrokenImage {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** In the message, beside the file's path. */
  readonly found: RegExp;
  readonly remedy: RegExp;
}

const { width, height, data } = photograph({ seed: 9 });
const picture = () => sharp(data, { raw: { width, height, channels: 3 } });

export async function brokenImages(): Promise<Record<string, BrokenImage>> {
  const png = await picture().png().toBuffer();
  const jpeg = await picture().jpeg().toBuffer();
  const pages = [png, await picture().negate().png().toBuffer()];
  const animation = () => sharp(pages, { join: { animated: true } });
  const again = /copy .*again|copy or download/;
  return {
    'a zero-byte file': {
      fileName: 'broken.png',
      bytes: new Uint8Array(0),
      found: /empty file \(0 bytes\)/,
      remedy: again,
    },
    'a truncated PNG': {
      fileName: 'broken.png',
      bytes: png.subarray(0, png.length / 2),
      found: /cut short/,
      remedy: again,
    },
    'a truncated JPEG': {
      fileName: 'broken.jpg',
      bytes: jpeg.subarray(0, jpeg.length / 2),
      found: /cut short/,
      remedy: again,
    },
    'a corrupt PNG': {
      fileName: 'broken.png',
      bytes: withFlippedBit(png),
      found: /is damaged/,
      remedy: /restore the file/,
    },
    'text named as an image': {
      fileName: 'broken.png',
      bytes: Buffer.from('version https://git-lfs.github.com/spec/v1'),
      found: /text that starts with "version https/,
      remedy: /move it out of the images folder/,
    },
    'a CMYK JPEG': {
      fileName: 'broken.jpg',
      bytes: await picture().toColourspace('cmyk').jpeg().toBuffer(),
      found: /CMYK/,
      remedy: /convert it to sRGB/,
    },
    'a PNG with transparent parts': {
      fileName: 'broken.png',
      bytes: await picture().ensureAlpha(0.5).png().toBuffer(),
      found: /transparent/,
      remedy: /flatten it/,
    },
    'an animated GIF': {
      fileName: 'broken.gif',
      bytes: await animation().gif().toBuffer(),
      found: /2 frames of an animation/,
      remedy: /save the frame/,
    },
    'an animated WebP': {
      fileName: 'broken.webp',
      bytes: await animation().webp().toBuffer(),
      found: /2 frames of an animation/,
      remedy: /save the frame/,
    },
    'an animated PNG': {
      fileName: 'broken.png',
      bytes: animated(png),
      found: /3 frames of an animation/,
      remedy: /save the frame/,
    },
    'an image of 400 megapixels': {
      fileName: 'broken.png',
      bytes: withSize(png, 20_000, 20_000),
      found: /at most 100 megapixels\n.*20000 x 20000 = 400 megapixels/,
      remedy: /make the image smaller/,
    },
    'floating-point pixels': {
      fileName: 'broken.tif',
      bytes: await floatingPoint(),
      found: /floating point/,
      remedy: /8-bit PNG/,
    },
  };
}

function withFlippedBit(png: Uint8Array): Uint8Array {
  const broken = Buffer.from(png);
  broken[broken.indexOf('IDAT') + 500]! ^= 4;
  return broken;
}

/** Says another size in its header; it is refused before anything is decoded. */
function withSize(png: Uint8Array, newWidth: number, newHeight: number): Uint8Array {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(newWidth, 16);
  changed.writeUInt32BE(newHeight, 20);
  return changed;
}

/** Tells of three frames behind its header. */
function animated(png: Uint8Array): Uint8Array {
  const control = Buffer.alloc(20);
  control.writeUInt32BE(8, 0);
  control.write('acTL', 4, 'latin1');
  control.writeUInt32BE(3, 8);
  return Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
}

async function floatingPoint(): Promise<Uint8Array> {
  const samples = Float32Array.from(data, (value) => value / 255);
  return sharp(samples, { raw: { width, height, channels: 3 } })
    .toColourspace('scrgb')
    .tiff({ compression: 'none' })
    .toBuffer();
}
