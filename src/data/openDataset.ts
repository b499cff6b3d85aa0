/** `openDataset`: the images of a category one by one, decoded, with their truth. */
import { readAhead } from '../core/readAhead.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { decodeMask } from '../image/decodeMask.ts';
import type { Mask, RgbImage } from '../image/image.ts';
import type { Category, Label, Sample } from './dataset.ts';
import { openCategory } from './openCategory.ts';

export interface OpenDatasetOptions {
  /** `train`: normal images to fit on; `test`: labelled ones to measure on. */
  readonly phase: 'train' | 'test';
  /** Which category, where the folder holds several. */
  readonly category?: string | undefined;
}

/** One image of a data set. */
export interface DatasetItem {
  readonly image: RgbImage;
  /** Where it is defective: all zero for a normal image, undefined where that is not known. */
  readonly mask: Mask | undefined;
  readonly label: Label;
  /** `good` for normal images. */
  readonly defectType: string;
  /** Absolute path of the image. */
  readonly path: string;
}

export interface Dataset extends AsyncIterable<DatasetItem> {
  readonly category: string;
  /** How many images there are. */
  readonly length: number;
  /** What is known without opening an image. */
  readonly samples: readonly Sample[];
}

/** Images decoded before they are asked for. */
const AHEAD = 4;

/**
 * Opens a folder in the layout of MVTec AD, or a plain folder of normal images (`train` only).
 * Iterating decodes a few images ahead, in order of name, and can be done again.
 *
 * ```ts
 * for await (const { image, mask, label } of await openDataset('data/nut', { phase: 'test' })) { }
 * ```
 * @throws FlawmapError as `openCategory`; when iterating, for an image or mask that cannot be read
 */
export async function openDataset(
  folder: string,
  { phase, category: name }: OpenDatasetOptions,
): Promise<Dataset> {
  const category: Category = await openCategory(folder, name);
  const samples = category[phase];
  return {
    category: category.name,
    length: samples.length,
    samples,
    [Symbol.asyncIterator]: () => readAhead(samples, openSample, () => AHEAD),
  };
}

async function openSample({ path, label, defectType, maskPath }: Sample): Promise<DatasetItem> {
  const image = await decodeImage(path);
  const { width, height } = image;
  const normal = { width, height, data: new Uint8Array(width * height) };
  const unmarked = label === 'normal' ? normal : undefined;
  const mask = maskPath === undefined ? unmarked : await decodeMask(maskPath);
  return { image, mask, label, defectType, path };
}
