/** From the bytes of an image file to opaque grey or RGB samples, or to a refusal. */
import type { Metadata } from 'sharp';
import { FlawmapError } from '../core/error.ts';
import { readBmpHeader } from './bmpHeader.ts';
import { decodeBmp } from './decodeBmp.ts';
import { type ImageFormat, sniffFormat } from './imageFormat.ts';
import { isCutShort } from './isCutShort.ts';
import { type Pixels, type RawPixels, withoutAlpha } from './pixels.ts';
import { inspectPng } from './pngChunks.ts';
import {
  cmyk,
  corrupt,
  cutShort,
  emptyFile,
  notAnImage,
  severalFrames,
  tooManyPixels,
  unsupportedPixels,
} from './refusal.ts';
import { openStrictly } from './sharp.ts';

/** 100 megapixels: 300 MB once decoded. */
const DEFAULT_PIXEL_LIMIT = 100e6;

export interface DecodeOptions {
  /** Images of more pixels are refused from their header, before decoding; default 100 million. */
  readonly pixelLimit?: number;
}

/**
 * @param name what error messages call the image
 * @throws FlawmapError (input), see `decodeImage`
 */
export async function decodePixels(
  bytes: Uint8Array,
  name: string,
  { pixelLimit = DEFAULT_PIXEL_LIMIT }: DecodeOptions = {},
): Promise<Pixels> {
  const format = formatOf(bytes, name);
  const checkSize = (size: { readonly width: number; readonly height: number }) => {
    if (size.width * size.height > pixelLimit) throw tooManyPixels(name, size, pixelLimit);
  };
  if (format === 'bmp') {
    checkSize(readBmpHeader(bytes, name));
    return withoutAlpha(decodeBmp(bytes, name), name);
  }
  try {
    const metadata = await (await openStrictly(bytes)).metadata();
    checkSize(metadata.autoOrient);
    checkKind(metadata, format, bytes, name);
    return withoutAlpha(await rawPixels(bytes, metadata), name);
  } catch (error) {
    throw codecFailure(error, bytes, format, name);
  }
}

/** @throws FlawmapError (input) for an empty file and for one that is no image */
export function formatOf(head: Uint8Array, name: string): ImageFormat {
  if (head.length === 0) throw emptyFile(name);
  const format = sniffFormat(head);
  if (format === undefined) throw notAnImage(name, head);
  return format;
}

/** What the codec's error means for the file; a refusal of our own stays as it is. */
export function codecFailure(
  error: unknown,
  bytes: Uint8Array,
  format: ImageFormat,
  name: string,
): FlawmapError {
  if (error instanceof FlawmapError) return error;
  return isCutShort(bytes, format, error) ? cutShort(name, error) : corrupt(name, error);
}

const COLOUR_SPACES: readonly string[] = ['srgb', 'rgb', 'rgb16', 'b-w', 'grey16'];

const DEPTH_NAMES: Record<string, string> = {
  char: 'signed 8-bit integers',
  short: 'signed 16-bit integers',
  int: 'signed 32-bit integers',
  uint: '32-bit integers',
  float: '32-bit floating point',
  double: '64-bit floating point',
};

function checkKind(metadata: Metadata, format: ImageFormat, bytes: Uint8Array, name: string): void {
  const { pages = 1, space, depth, channels } = metadata;
  if (format === 'png') {
    const png = inspectPng(bytes);
    if (!png.isWhole) throw cutShort(name);
    if (png.frames > 1) throw severalFrames(name, `${png.frames} frames of an animation`);
  }
  if (pages > 1) {
    const kind = format === 'gif' || format === 'webp' ? 'frames of an animation' : 'pages';
    throw severalFrames(name, `${pages} ${kind}`);
  }
  if (space === 'cmyk') throw cmyk(name);
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw unsupportedPixels(name, DEPTH_NAMES[depth] ?? `${depth} numbers`);
  }
  if (!COLOUR_SPACES.includes(space) || channels > 4) {
    throw unsupportedPixels(name, `${channels} channels of colour space ${space}`);
  }
}

/** The samples as stored: asking for the file's own colour space keeps the codec from converting. */
async function rawPixels(bytes: Uint8Array, { depth, space }: Metadata): Promise<RawPixels> {
  const stored = await openStrictly(bytes);
  const { data, info } = await stored
    .toColourspace(space)
    .raw({ depth })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const samples =
    depth === 'ushort'
      ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
      : new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width, height, channels, data: samples };
}
