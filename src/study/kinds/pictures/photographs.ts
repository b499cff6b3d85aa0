/** `photographs`: small copies of a category's images under one condition, and their masks. */
import { join } from 'node:path';
import { decodeMask } from '../../../image/decodeMask.ts';
import { encodeMaskWebp, encodeWebp } from '../../../image/encodeImage.ts';
import { fitMask } from '../../../image/fitMask.ts';
import type { RgbImage } from '../../../image/image.ts';
import { fitImage } from '../../../image/resizeImage.ts';
import { decodedSamples } from '../../../inspection/decodedSamples.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { createPack, type Slice } from '../../artifacts/picturePack.ts';
import type { ImageRef } from '../../images.ts';
import { conditionSamples } from '../condition.ts';
import type { PhotographsOptions } from './picturesOptions.ts';

/** Longest side in pixels. */
const EDGE = 160;
const QUALITY = 72;

export interface Photograph extends Omit<ImageRef, 'mask'> {
  readonly part: 'train' | 'test';
  /** Of the original, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly image: Slice;
  readonly mask: Slice | null;
}

const PHOTOGRAPHS = 'photographs.json';

export const readPhotographs = (folder: string): Promise<readonly Photograph[]> =>
  readJson(join(folder, PHOTOGRAPHS));

export const photographsKind: Kind = {
  name: 'photographs',
  version: 1,
  async run(context: JobContext<PhotographsOptions>) {
    const { options, folder, control } = context;
    const samples = await conditionSamples(context);
    const pack = createPack();
    const photographs: Photograph[] = [];
    for await (const { sample, image } of decodedSamples(samples, 'making pictures', control)) {
      const { id, label, defectType, maskPath } = sample;
      const mask = maskPath === undefined ? null : fitMask(await decodeMask(maskPath), EDGE);
      photographs.push({
        id,
        label,
        defectType,
        part: photographs.length < options.training ? 'train' : 'test',
        width: image.width,
        height: image.height,
        image: pack.add(await encodeWebp(smallImage(image, EDGE), QUALITY)),
        mask: mask && pack.add(await encodeMaskWebp(mask)),
      });
    }
    await pack.write(folder);
    await writeJson(join(folder, PHOTOGRAPHS), photographs);
  },
};

/** Small ones keep their size. */
export const smallImage = (image: RgbImage, edge: number): RgbImage =>
  Math.max(image.width, image.height) <= edge ? image : fitImage(image, edge);
