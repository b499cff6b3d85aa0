/** `crops`: the parts of photographs that a model's explanations refer to. */
import { join } from 'node:path';
import type { Box } from '../../../core/box.ts';
import { decodeImage } from '../../../image/decodeImage.ts';
import { encodeWebp } from '../../../image/encodeImage.ts';
import type { RgbImage } from '../../../image/image.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { InterpretabilityResult } from '../../../result/analysis/interpretability.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { createPack, type Slice } from '../../artifacts/picturePack.ts';
import { placesOf } from '../condition.ts';
import { RESULT } from '../scenario.ts';
import { smallImage } from './photographs.ts';
import type { CropsOptions } from './picturesOptions.ts';

/** Longest side in pixels. */
const EDGE = 96;
const QUALITY = 75;

export interface StoredCrop {
  readonly image: string;
  readonly box: Box;
  readonly picture: Slice;
}

const CROPS = 'crops.json';

export const readCrops = (folder: string): Promise<readonly StoredCrop[]> =>
  readJson(join(folder, CROPS));

export const cropsKind: Kind = {
  name: 'crops',
  version: 1,
  async run(context: JobContext<CropsOptions>) {
    const { options, inputs, folder, control } = context;
    const found = await readJson<InterpretabilityResult>(join(inputs[options.explained]!, RESULT));
    const root = placesOf(context).roots[options.category]!;
    const pack = createPack();
    const crops: StoredCrop[] = [];
    for (const { image, crop: box } of cropped(found)) {
      control.signal?.throwIfAborted();
      const part = cutOut(await decodeImage(join(root, image)), box);
      const picture = pack.add(await encodeWebp(smallImage(part, EDGE), QUALITY));
      crops.push({ image, box, picture });
    }
    await pack.write(folder);
    await writeJson(join(folder, CROPS), crops);
  },
};

/** Each once. */
function cropped({ explanations }: InterpretabilityResult) {
  const patches = explanations.data.flatMap(({ patch, nearest }) =>
    nearest === null ? [patch] : [patch, nearest],
  );
  return [
    ...new Map(patches.map((one) => [`${one.image} ${JSON.stringify(one.crop)}`, one])).values(),
  ];
}

export function cutOut(image: RgbImage, { x, y, width, height }: Box): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * image.width + x) * 3;
    data.set(image.data.subarray(start, start + width * 3), row * width * 3);
  }
  return { width, height, data };
}
