/** `defects`: what the defects of a category's anomalous test images are like. */
import { join } from 'node:path';
import type { Box } from '../../../core/box.ts';
import type { Sample } from '../../../data/dataset.ts';
import type { Preprocessing } from '../../../detector/preprocess.ts';
import type { RgbImage } from '../../../image/image.ts';
import { luminance } from '../../../image/luminance.ts';
import { decodedSamples } from '../../../inspection/decodedSamples.ts';
import { seenTruth } from '../../../inspection/evaluation/seenTruth.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { Defect } from '../../../result/analysis/errors.ts';
import { measureDefect } from '../../analysis/errors/measureDefect.ts';
import { writeJson } from '../../artifacts/binaryFile.ts';
import { conditionSamples } from '../condition.ts';
import type { DefectsOptions } from './errorsOptions.ts';

/** A list of `Defect`, in the order of the images. */
export const DEFECTS = 'defects.json';

export const defectsKind: Kind = {
  name: 'defects',
  version: 1,
  async run(context: JobContext<DefectsOptions>) {
    const { options, folder, control } = context;
    const samples = await conditionSamples(context);
    const defects: Defect[] = [];
    for await (const { sample, image } of decodedSamples(samples, 'measuring defects', control)) {
      defects.push(await describe(sample, image, options.preprocessing));
    }
    await writeJson(join(folder, DEFECTS), defects);
  },
};

async function describe(
  sample: Sample,
  image: RgbImage,
  preprocessing: Preprocessing,
): Promise<Defect> {
  const { id, defectType } = sample;
  const truth = await seenTruth(sample, image, preprocessing);
  if (truth === undefined) return { id, defectType, measures: null, reason: 'no mask' };
  const measures = measureDefect(truth.mask, cut(luminance(image), image.width, truth.part));
  const reason = measures === null ? 'no defect in view' : null;
  return { id, defectType, measures, reason };
}

function cut(values: Float32Array, stride: number, { x, y, width, height }: Box): Float32Array {
  const own = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (y + row) * stride + x;
    own.set(values.subarray(start, start + width), row * width);
  }
  return own;
}
