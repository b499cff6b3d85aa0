/** Pixel metrics of test images, from the patch distances that were kept. */
import { join } from 'node:path';
import type { RunControl } from '../../core/progress.ts';
import { readAhead } from '../../core/readAhead.ts';
import type { Sample } from '../../data/dataset.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import { type MapMaker, openMapMaker } from '../../detector/mapMaker.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import { readImageSize } from '../../image/imageSize.ts';
import { withTruth } from '../../inspection/evaluation/withTruth.ts';
import { countPixels, type PixelCounts } from '../../metrics/pixelCounts.ts';
import { measurePixels } from '../../metrics/pixelMetrics.ts';
import type { PixelImage } from '../../metrics/pixelScores.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import { readJson, writeJson } from '../artifacts/binaryFile.ts';
import {
  type CountedImages,
  readCountedPixels,
  writePixelCounts,
} from '../artifacts/pixelCounts.ts';
import { readDistances, readScores } from '../artifacts/scores.ts';
import type { PixelRun, PixelValues } from '../experiments/pixelRun.ts';
import { conditionSamples } from './condition.ts';
import type { LocaliseOptions } from './jobOptions.ts';

export interface PixelDocument {
  /** Images whose truth is known. */
  readonly pixelImages: number;
  readonly withoutMask: number;
  /** In the order of `seeds`. */
  readonly metrics: readonly PixelValues[];
  readonly seeds: readonly number[];
  /** Null without any defect; else there are counts for each seed. */
  readonly counted: CountedImages | null;
}

const PIXELS = 'pixels.json';
const HEADERS_AHEAD = 4;

export const localiseKind: Kind = {
  name: 'localise',
  version: 2,
  async run(context: JobContext<LocaliseOptions>) {
    const { options, inputs, folder, control } = context;
    const samples = await conditionSamples(context);
    const { grid, seeds, images } = await readScores(inputs[options.scores]!);
    const places = new Map(images.map(({ id }, place) => [id, place]));
    const patches = grid[0] * grid[1];
    const size = options.preprocessing.crop;
    await using maker = await openMapMaker(grid, [size, size], DEFAULT_MAP);
    const known = samples.filter(truthIsKnown);
    const metrics: PixelValues[] = [];
    for (const seed of seeds) {
      const distances = await readDistances(inputs[options.scores]!, seed);
      const distancesOf = ({ id }: Sample) => {
        const place = places.get(id)!;
        return distances.subarray(place * patches, (place + 1) * patches);
      };
      const { values, counts } = await localise(known, distancesOf, maker, options, control);
      metrics.push(values);
      if (counts !== null) await writePixelCounts(folder, String(seed), counts);
    }
    const document: PixelDocument = {
      pixelImages: known.length,
      withoutMask: samples.length - known.length,
      seeds,
      metrics,
      counted: countedImages(known, options.proLimit),
    };
    await writeJson(join(folder, PIXELS), document);
  },
};

/** What the job has found, with the counts. */
export async function readPixels(
  folder: string,
  test: readonly { readonly id: string }[],
): Promise<{ readonly document: PixelDocument; readonly runs: readonly PixelRun[] }> {
  const document = await readJson<PixelDocument>(join(folder, PIXELS));
  const runs: PixelRun[] = [];
  for (const [run, values] of document.metrics.entries()) {
    const of = String(document.seeds[run]);
    runs.push({ values, counted: await readCountedPixels(folder, of, document.counted, test) });
  }
  return { document, runs };
}

export const truthIsKnown = ({ label, maskPath }: Sample): boolean =>
  label === 'normal' || maskPath !== undefined;

const hasDefects = (known: readonly Sample[]): boolean =>
  known.some(({ label }) => label === 'anomalous');

/** What `localise` counts. */
export const countedImages = (known: readonly Sample[], proLimit: number): CountedImages | null =>
  hasDefects(known) ? { images: known.map(({ id }) => id), proLimit } : null;

/**
 * Pixel metrics over samples whose truth is known, and counts of their pixels; null where no
 * sample is anomalous.
 */
export async function localise(
  known: readonly Sample[],
  distancesOf: (sample: Sample) => Float32Array,
  maker: MapMaker,
  { preprocessing, proLimit }: { readonly preprocessing: Preprocessing; readonly proLimit: number },
  control: RunControl,
): Promise<{ readonly values: PixelValues; readonly counts: PixelCounts | null }> {
  if (!hasDefects(known)) {
    return {
      values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
      counts: null,
    };
  }
  const pixels: PixelImage[] = [];
  const { crop } = preprocessing;
  const step = 'drawing anomaly maps';
  // The header is enough: nothing here looks at the photograph.
  const sized = async (sample: Sample) => ({ sample, size: await readImageSize(sample.path) });
  for await (const { sample, size } of readAhead(known, sized, HEADERS_AHEAD)) {
    control.signal?.throwIfAborted();
    control.onProgress?.({ step, done: pixels.length, total: known.length });
    const data = await maker.map(distancesOf(sample));
    const map = { width: crop, height: crop, data };
    pixels.push((await withTruth(sample, size, map, preprocessing))!);
  }
  const { metrics, bins } = await measurePixels(pixels, proLimit, control);
  const { auroc, average_precision, pro } = metrics;
  return {
    values: { pixel_auroc: auroc, pixel_average_precision: average_precision, pro },
    counts: await countPixels(pixels, bins, control),
  };
}
