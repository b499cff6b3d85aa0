/** Pixel metrics of test images, from the patch distances that were kept. */
import { join } from 'node:path';
import type { RunControl } from '../../core/progress.ts';
import type { Sample } from '../../data/dataset.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import { type MapMaker, openMapMaker } from '../../detector/mapMaker.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import { decodedSamples } from '../../inspection/decodedSamples.ts';
import { withTruth } from '../../inspection/withTruth.ts';
import { pixelMetrics } from '../../metrics/pixelMetrics.ts';
import type { PixelImage } from '../../metrics/pixelScores.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { writeJson } from '../artifacts/binaryFile.ts';
import { readDistances, readScores } from '../artifacts/scores.ts';
import type { PixelValues } from '../experiments/judgement.ts';
import { conditionSamples } from './condition.ts';
import type { LocaliseOptions } from './jobOptions.ts';

export interface PixelDocument {
  /** Images whose truth is known. */
  readonly pixelImages: number;
  readonly withoutMask: number;
  /** One for each seed. */
  readonly metrics: readonly PixelValues[];
}

export const PIXELS = 'pixels.json';

export const localiseKind: Kind = {
  name: 'localise',
  version: 1,
  async run(context: JobContext<LocaliseOptions>) {
    const { options, inputs, folder, control } = context;
    const samples = await conditionSamples(context);
    const { grid, seeds, images } = await readScores(inputs[options.scores]!);
    const places = new Map(images.map(({ id }, place) => [id, place]));
    const patches = grid[0] * grid[1];
    const size = options.preprocessing.crop;
    await using maker = await openMapMaker(grid, [size, size], DEFAULT_MAP);
    const metrics: PixelValues[] = [];
    let pixelImages = 0;
    for (const seed of seeds) {
      const distances = await readDistances(inputs[options.scores]!, seed);
      const distancesOf = ({ id }: Sample) => {
        const place = places.get(id)!;
        return distances.subarray(place * patches, (place + 1) * patches);
      };
      const found = await localise(samples, distancesOf, maker, options, control);
      metrics.push(found.values);
      pixelImages = found.pixelImages;
    }
    const document: PixelDocument = {
      pixelImages,
      withoutMask: samples.length - pixelImages,
      metrics,
    };
    await writeJson(join(folder, PIXELS), document);
  },
};

/** Pixel metrics over the samples whose truth is known; null where no defective pixel is. */
export async function localise(
  samples: readonly Sample[],
  distancesOf: (sample: Sample) => Float32Array,
  maker: MapMaker,
  { preprocessing, proLimit }: { readonly preprocessing: Preprocessing; readonly proLimit: number },
  control: RunControl,
): Promise<{ readonly values: PixelValues; readonly pixelImages: number }> {
  const known = samples.filter(
    ({ label, maskPath }) => label === 'normal' || maskPath !== undefined,
  );
  const none = { pixel_auroc: null, pixel_average_precision: null, pro: null };
  if (known.every(({ label }) => label === 'normal')) {
    return { values: none, pixelImages: known.length };
  }
  const pixels: PixelImage[] = [];
  const { crop } = preprocessing;
  for await (const { sample, image } of decodedSamples(known, 'drawing anomaly maps', control)) {
    const data = await maker.map(distancesOf(sample));
    const pixel = await withTruth(
      sample,
      image,
      { width: crop, height: crop, data },
      preprocessing,
    );
    if (pixel !== undefined) pixels.push(pixel);
  }
  const { auroc, average_precision, pro } = await pixelMetrics(pixels, proLimit, control);
  return {
    values: { pixel_auroc: auroc, pixel_average_precision: average_precision, pro },
    pixelImages: pixels.length,
  };
}
