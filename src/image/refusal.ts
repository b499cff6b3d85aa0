/** The wording of every refused image: each names the file, what was found and the remedy. */
import { type FlawmapError, inputError, messageOf } from '../core/error.ts';
import { READABLE_FORMATS } from './imageFormat.ts';

export function emptyFile(name: string): FlawmapError {
  return inputError({
    what: `cannot read the image ${name}`,
    expected: READABLE_FORMATS,
    found: 'an empty file (0 bytes)',
    remedy: 'copy the file again from its source, or remove it',
  });
}

export function notAnImage(name: string, bytes: Uint8Array): FlawmapError {
  const start = String.fromCharCode(...bytes.subarray(0, 24));
  const hex = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  const isText = /^[\t\n\r -~]+$/.test(start);
  return inputError({
    what: `${name} is not an image that can be read`,
    expected: READABLE_FORMATS,
    found: isText
      ? `text that starts with ${JSON.stringify(start)}`
      : `unknown data that starts with the bytes ${hex.join('')}`,
    remedy: 'convert the file to PNG, or move it out of the images folder',
  });
}

export function cutShort(name: string, cause?: unknown): FlawmapError {
  return inputError({
    what: `the image ${name} is cut short`,
    expected: 'a complete file',
    found: 'the file ends before the image does',
    remedy: 'copy or download the file again; the transfer or the disk stopped in the middle',
    cause,
  });
}

export function corrupt(name: string, cause: unknown): FlawmapError {
  const firstLine = messageOf(cause).trim().split('\n')[0]!;
  return inputError({
    what: `the image ${name} is damaged`,
    expected: 'an image that decodes without errors',
    found: firstLine,
    remedy: 'restore the file from its source, or open it in an image editor and save it anew',
    cause,
  });
}

export function tooManyPixels(
  name: string,
  size: { readonly width: number; readonly height: number },
  limit: number,
): FlawmapError {
  const megapixels = (count: number) => `${Number((count / 1e6).toFixed(1))} megapixels`;
  const count = size.width * size.height;
  return inputError({
    what: `the image ${name} is too large`,
    expected: `at most ${megapixels(limit)}`,
    found: `${size.width} x ${size.height} = ${megapixels(count)}`,
    remedy: 'make the image smaller, or crop it to the product',
  });
}

export function severalFrames(name: string, found: string): FlawmapError {
  return inputError({
    what: `the image ${name} holds more than one picture`,
    expected: 'a single image',
    found,
    remedy: 'save the frame or page you want as its own file',
  });
}

export function cmyk(name: string): FlawmapError {
  return inputError({
    what: `the image ${name} has print colours`,
    expected: 'RGB or grey',
    found: 'CMYK',
    remedy: 'convert it to sRGB in an image editor and save it as PNG',
  });
}

/** @param fraction of the pixels that are not fully opaque, 0 to 1 */
export function transparent(name: string, fraction: number): FlawmapError {
  return inputError({
    what: `the image ${name} has transparent parts`,
    expected: 'an opaque image',
    found: `${Number((fraction * 100).toPrecision(2))}% of its pixels are transparent`,
    remedy: 'flatten it onto the background the line has, and save it without an alpha channel',
  });
}

/** @param found the pixel layout, such as `32-bit float` */
export function unsupportedPixels(name: string, found: string): FlawmapError {
  return inputError({
    what: `cannot read the pixels of ${name}`,
    expected: 'RGB or grey with 8 or 16 bits a channel',
    found,
    remedy: 'save it as an 8-bit PNG; you decide there how its values become brightness',
  });
}
