/** Photographs as the numbers that models see: those stored in the file, as `decodeImage` gives them. */
import { rgbOfCanvas } from '../../src/browser/browser.ts';
import { inputError, messageOf } from '../../src/core/error.ts';
import type { RgbImage } from '../../src/image/image.ts';
import { READABLE_FORMATS } from '../../src/image/imageFormat.ts';
import {
  cmyk,
  emptyFile,
  severalFrames,
  tooManyPixels,
  transparent,
} from '../../src/image/refusal.ts';
import { jpegComponents } from './jpegComponents.ts';

/** As for files. */
const MOST_PIXELS = 100e6;
/** Of thumbnails, longest side in pixels. */
const EDGE = 144;

/**
 * Colour profiles are not applied, the EXIF orientation is; what would silently change its meaning
 * is refused, as `decodeImage` refuses it.
 * @throws FlawmapError (input) naming the image
 */
export async function decodePhoto(source: Blob | ImageBitmap, name: string): Promise<RgbImage> {
  if (source instanceof ImageBitmap) return pixelsOf(source, name);
  if (source.size === 0) throw emptyFile(name);
  const start = new Uint8Array(await source.slice(0, 1 << 18).arrayBuffer());
  if (jpegComponents(start) === 4) throw cmyk(name);
  await refuseFrames(source, name);
  return pixelsOf(await bitmapOf(source, name), name);
}

async function bitmapOf(source: Blob, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source, {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
      imageOrientation: 'from-image',
    });
  } catch (cause) {
    throw inputError({
      what: `${name} is not an image that this browser can read`,
      expected: `${READABLE_FORMATS}; browsers leave out TIFF, and some AVIF`,
      found: messageOf(cause),
      remedy: 'save it as PNG, or judge it with `flawmap predict`',
    });
  }
}

function pixelsOf(bitmap: ImageBitmap, name: string): RgbImage {
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) {
    bitmap.close();
    throw tooManyPixels(name, { width, height }, MOST_PIXELS);
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new RangeError('out of memory: no canvas of the image size');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context.getImageData(0, 0, width, height);
  let seeThrough = 0;
  for (let i = 3; i < pixels.data.length; i += 4) if (pixels.data[i] !== 255) seeThrough++;
  if (seeThrough > 0) throw transparent(name, seeThrough / (width * height));
  return rgbOfCanvas(pixels);
}

/** Animations, where the browser tells of them. */
async function refuseFrames(source: Blob, name: string): Promise<void> {
  if (!('ImageDecoder' in self) || !(await ImageDecoder.isTypeSupported(source.type))) return;
  const decoder = new ImageDecoder({ data: await source.arrayBuffer(), type: source.type });
  try {
    await decoder.tracks.ready;
    const frames = decoder.tracks.selectedTrack?.frameCount ?? 1;
    if (frames > 1) throw severalFrames(name, `${frames} frames`);
  } catch (error) {
    // What it cannot read, the decoder of pictures will tell.
    if (error instanceof Error && error.name === 'FlawmapError') throw error;
  } finally {
    decoder.close();
  }
}

export async function thumbnailOf({ width, height, data }: RgbImage): Promise<Blob> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[4 * pixel + channel] = data[3 * pixel + channel]!;
    }
  }
  const scale = Math.min(1, EDGE / Math.max(width, height));
  const size = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height), {
    resizeWidth: size[0]!,
    resizeHeight: size[1]!,
    resizeQuality: 'medium',
  });
  const canvas = new OffscreenCanvas(size[0]!, size[1]!);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}
