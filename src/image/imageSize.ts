/** The size of an image from its header: cheap even for large files. */
import { BMP_HEAD_LENGTH, readBmpHeader } from './bmpHeader.ts';
import { codecFailure, formatOf } from './decodePixels.ts';
import { readImageFile, readImageHead } from './readImageFile.ts';
import { openStrictly } from './sharp.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Width and height in pixels as `decodeImage` would return them: EXIF orientation applied.
 * The pixels themselves are not looked at, so a damaged image may have a size.
 * @throws FlawmapError as `decodeImage` for files that are missing, empty or no images
 */
export async function readImageSize(path: string): Promise<ImageSize> {
  const head = await readImageHead(path, BMP_HEAD_LENGTH);
  const format = formatOf(head, path);
  if (format === 'bmp') {
    const { width, height } = readBmpHeader(head, path);
    return { width, height };
  }
  try {
    const { autoOrient } = await (await openStrictly(path)).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    throw codecFailure(error, await readImageFile(path), format, path);
  }
}

/**
 * {@link readImageSize} for a file in memory.
 * @param name what error messages call it
 */
export async function imageSizeOfBytes(bytes: Uint8Array, name: string): Promise<ImageSize> {
  const format = formatOf(bytes, name);
  if (format === 'bmp') {
    const { width, height } = readBmpHeader(bytes, name);
    return { width, height };
  }
  try {
    const { autoOrient } = await (await openStrictly(bytes)).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    throw codecFailure(error, bytes, format, name);
  }
}
