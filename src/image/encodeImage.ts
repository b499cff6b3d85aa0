/** Encodes images; the same pixels give the same bytes. */
import type { Mask, RgbImage } from './image.ts';
import { loadSharp } from './sharp.ts';

export async function encodePng(image: RgbImage): Promise<Uint8Array> {
  return (await encoder(image, 3)).png().toBuffer();
}

/** @param grey one byte a pixel, 0 to 255, written as it is */
export async function encodeGreyPng(grey: {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}): Promise<Uint8Array> {
  return (await encoder(grey, 1)).toColourspace('b-w').png().toBuffer();
}

/** A ground-truth mask as MVTec AD stores them: 1 becomes 255. */
export async function encodeMaskPng({ width, height, data }: Mask): Promise<Uint8Array> {
  return encodeGreyPng({ width, height, data: data.map((value) => (value === 0 ? 0 : 255)) });
}

/** A JPEG (quality 85) whose longest side is at most `edge` pixels; small images keep their size. */
export async function encodeThumbnail(image: RgbImage, edge: number): Promise<Uint8Array> {
  // By the codec, aside of this thread: nobody measures anything on a thumbnail.
  const size = { width: edge, height: edge, fit: 'inside', kernel: 'linear' } as const;
  return (await encoder(image, 3))
    .resize({ ...size, withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/**
 * A WebP for pages: a few kilobytes for a photograph of 160 pixels.
 * @param quality 1 to 100
 */
export async function encodeWebp(image: RgbImage, quality: number): Promise<Uint8Array> {
  // Colours at full resolution where it shows: of edges between saturated ones.
  return (await encoder(image, 3)).webp({ quality, smartSubsample: true }).toBuffer();
}

/** A mask of few hundred bytes, without loss: 1 becomes white. */
export async function encodeMaskWebp({ width, height, data }: Mask): Promise<Uint8Array> {
  const grey = data.map((value) => (value === 0 ? 0 : 255));
  return (await encoder({ width, height, data: grey }, 1)).webp({ lossless: true }).toBuffer();
}

async function encoder(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
  channels: 1 | 3,
) {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}
