/** Decodes one image and its mask, and measures them. */
import { relative, sep } from 'node:path';
import { FlawmapError } from '../../core/error.ts';
import { decodeMask } from '../../image/decodeMask.ts';
import { decodePixels } from '../../image/decodePixels.ts';
import { type Exposure, exposure } from '../../image/exposure.ts';
import { type ImageFormat, sniffFormat } from '../../image/imageFormat.ts';
import { toRgb } from '../../image/pixels.ts';
import { readImageFile } from '../../image/readImageFile.ts';
import type { Sample } from '../dataset.ts';
import type { LeftOut } from './exploration.ts';

export interface Measured {
  readonly sample: Sample;
  /** Absent if the image cannot be read. */
  readonly image?: MeasuredImage;
  /** Share of the mask's pixels that are marked, 0 to 1; absent without a readable mask. */
  readonly maskShare?: number;
  readonly unreadable: readonly LeftOut[];
}

export interface MeasuredImage {
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly channels: 1 | 3;
  readonly bits: 8 | 16;
  readonly exposure: Exposure;
}

/** @param root absolute path of the category's folder */
export async function measureSample(sample: Sample, root: string): Promise<Measured> {
  const unreadable: LeftOut[] = [];
  const tryOrReport = async <T>(path: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FlawmapError)) throw error;
      const { what, found = what } = error.details;
      unreadable.push({ path: pathIn(root, path), reason: found });
      return undefined;
    }
  };
  const { path, maskPath } = sample;
  const image = await tryOrReport(path, () => measureImage(path));
  const maskShare =
    maskPath === undefined ? undefined : await tryOrReport(maskPath, () => measureMask(maskPath));
  return {
    sample,
    ...(image && { image }),
    ...(maskShare !== undefined && { maskShare }),
    unreadable,
  };
}

/** Relative to the root, with forward slashes. */
export const pathIn = (root: string, path: string): string =>
  relative(root, path).split(sep).join('/');

async function measureImage(path: string): Promise<MeasuredImage> {
  const bytes = await readImageFile(path);
  const pixels = await decodePixels(bytes, path);
  const { width, height, channels, data } = pixels;
  return {
    width,
    height,
    // What was decoded has a known format.
    format: sniffFormat(bytes)!,
    channels,
    bits: data instanceof Uint8Array ? 8 : 16,
    exposure: exposure(toRgb(pixels)),
  };
}

async function measureMask(path: string): Promise<number> {
  const { data } = await decodeMask(path);
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}
