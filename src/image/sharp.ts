/**
 * The codec, set up for streams of hundreds of different images: libvips' operation cache would
 * only hold memory, and one thread an image is fastest, because Node.js already decodes several
 * images at once.
 */
import type { Sharp, SharpInput } from 'sharp';

type Codec = typeof import('sharp')['default'];
let loading: Promise<Codec> | undefined;

/** Loaded when the first image wants it, which takes a tenth of a second: commands start without it. */
export function loadSharp(): Promise<Codec> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Codec> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  // libvips chooses by what it finds in a file: of its decoders only those are there that are meant.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Png', 'Jpeg', 'Tiff', 'Webp', 'Nsgif', 'Heif'].map(
      (name) => `VipsForeignLoad${name}`,
    ),
  });
  return sharp;
}

/**
 * Opens an image for reading, strictly: half an image, or a patched-up one, must not pass for a
 * good one. Colour profiles are ignored; sizes and channels are for the caller to check.
 */
export async function openStrictly(input: SharpInput): Promise<Sharp> {
  const sharp = await loadSharp();
  return sharp(input, {
    failOn: 'warning',
    ignoreIcc: true,
    autoOrient: true,
    limitInputPixels: false,
    limitInputChannels: false,
  });
}
