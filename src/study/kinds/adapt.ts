/**
 * What draws of pictures under one lamp do to a clean model: the measurements behind the ladder.
 * Nothing is rescored: PatchCore's appended distance is the smaller of the one to the clean bank
 * and the one to the appended rows, PaDiM's follows from its updated Gaussians.
 */
import { join } from 'node:path';
import { createRandom } from '../../core/random.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import { type MapMaker, openMapMaker } from '../../detector/mapMaker.ts';
import type { JobContext, Kind } from '../../pipeline/kind.ts';
import type { ShiftedImage } from '../../shift/writeShiftedSamples.ts';
import { readJson, writeJson } from '../artifacts/binaryFile.ts';
import {
  type CountedImages,
  readCountedPixels,
  writePixelCounts,
} from '../artifacts/pixelCounts.ts';
import { openScorer } from '../artifacts/scorer.ts';
import type { AppendedScores, LampScores } from '../experiments/ladder.ts';
import type { PixelRun, PixelValues } from '../experiments/pixelRun.ts';
import { openFeatures } from '../features/openFeatures.ts';
import { SHIFTED_IMAGES } from '../images.ts';
import type { LampImage } from './adaptation.ts';
import { appendToBank } from './appendToBank.ts';
import { conditionSamples } from './condition.ts';
import type { AdaptOptions } from './jobOptions.ts';
import { countedImages, localise, truthIsKnown } from './localise.ts';
import { updateGaussians } from './updateGaussians.ts';

const LAMP_SCORES = 'lamp.json';

/** `LampScores` as they are kept, with the counts of pixels in files of their own. */
interface LampDocument extends Omit<LampScores, 'pixel' | 'appendedPixel'> {
  readonly pixel: PixelValues;
  readonly appendedPixel: readonly PixelValues[];
  readonly counted: CountedImages | null;
}

const WITHOUT = 'without';
const withPictures = (count: number): string => `with-${count}`;

/** @param test all test images */
export async function readLamp(
  folder: string,
  test: readonly { readonly id: string }[],
): Promise<LampScores> {
  const { counted, ...document } = await readJson<LampDocument>(join(folder, LAMP_SCORES));
  const runOf = async (values: PixelValues, of: string): Promise<PixelRun> => ({
    values,
    counted: await readCountedPixels(folder, of, counted, test),
  });
  return {
    ...document,
    pixel: await runOf(document.pixel, WITHOUT),
    appendedPixel: await Promise.all(
      document.appendedPixel.map((values, level) =>
        runOf(values, withPictures(document.pictures[level]!)),
      ),
    ),
  };
}

const ADAPT = { patchcore: appendToBank, padim: updateGaussians } as const;

export const adaptKind: Kind = {
  name: 'adapt',
  version: 2,
  async run(context: JobContext<AdaptOptions>) {
    const { options, inputs, folder, control } = context;
    const { method, seed, lamp } = options;
    const samples = await conditionSamples(context);
    const images: LampImage[] = [];
    const scores: number[] = [];
    await using features = await openFeatures(context, { ...options, seeds: [seed] });
    const { output, dimension, grid } = features.embeddingFor(seed);
    {
      await using scorer = await openScorer(inputs[options.model]!, seed, { dimension });
      for await (const image of features.images(samples, 'scoring images', control)) {
        const embedding = image.embeddings[output]!;
        const { distances, score } = await scorer.score(embedding);
        images.push({ embedding, distances });
        scores.push(score);
      }
    }
    const pool = images.slice(0, options.pool);
    const test = images.slice(options.pool);
    const testSamples = samples.slice(options.pool);
    const pictures = options.pictures.filter((count) => count <= pool.length);
    const orders = drawOrders(options);
    const draws = orders.map((order) => ({ order, appended: [] as AppendedScores[] }));

    const size = options.network.preprocessing.crop;
    await using maker = await openMapMaker(grid, [size, size], DEFAULT_MAP);
    const known = testSamples.filter(truthIsKnown);
    const { proLimit } = options;
    const pixelOf = async (distances: readonly Float32Array[], of: string) => {
      const byImage = new Map(testSamples.map(({ id }, place) => [id, distances[place]!]));
      const settings = { preprocessing: options.network.preprocessing, proLimit };
      const quiet = { signal: control.signal };
      const { values, counts } = await localise(
        known,
        ({ id }) => byImage.get(id)!,
        maker,
        settings,
        quiet,
      );
      if (counts !== null) await writePixelCounts(folder, of, counts);
      return values;
    };
    const appendedPixel: PixelValues[] = [];
    const total = orders.length * pictures.length;
    let done = 0;
    await ADAPT[method](context, pool, test, orders, pictures, async (draw, level, adapted) => {
      control.signal?.throwIfAborted();
      draws[draw]!.appended[level] = {
        rows: adapted.rows,
        test: await scoresOf(adapted.test, options, maker),
        chosen: await scoresOf(adapted.chosen, options, maker),
      };
      if (draw === 0) {
        appendedPixel[level] = await pixelOf(adapted.test, withPictures(pictures[level]!));
      }
      control.onProgress?.({ step: 'adapting', done: ++done, total });
    });
    const document: LampDocument = {
      lamp,
      shift: await sharedShift(inputs[options.condition!]!),
      pool: scores.slice(0, options.pool),
      test: scores.slice(options.pool),
      pixel: await pixelOf(
        test.map(({ distances }) => distances),
        WITHOUT,
      ),
      pictures,
      draws,
      appendedPixel,
      counted: countedImages(known, proLimit),
    };
    await writeJson(join(folder, LAMP_SCORES), document);
  },
};

/** The same for every method, so that methods are compared on the same pictures. */
function drawOrders({ category, lamp, draws, drawSeed, pool }: AdaptOptions): number[][] {
  const random = createRandom(drawSeed).fork('ladder').fork(category).fork(lamp);
  const all = Array.from({ length: pool }, (_, index) => index);
  return Array.from({ length: draws }, (_, draw) => random.fork(draw).shuffle(all));
}

async function scoresOf(
  images: readonly Float32Array[],
  { method, score: { kind, topk } }: AdaptOptions,
  maker: MapMaker,
): Promise<number[]> {
  const scores: number[] = [];
  for (const distances of images) {
    if (method === 'padim') scores.push((await maker.maxima(distances))[0]!);
    else scores.push(meanOfLargest(distances, kind === 'topk' ? topk : 0));
  }
  return scores;
}

/** PatchCore's score from its distances: the mean of the largest share, at least of one. */
function meanOfLargest(distances: Float32Array, share: number): number {
  const count = Math.max(1, Math.round(share * distances.length));
  if (count === 1) return distances.reduce((largest, value) => Math.max(largest, value));
  const largest = distances
    .slice()
    .sort()
    .subarray(distances.length - count);
  return largest.reduce((sum, value) => sum + value, 0) / count;
}

async function sharedShift(folder: string): Promise<unknown> {
  const images = await readJson<readonly ShiftedImage[]>(join(folder, SHIFTED_IMAGES));
  return images[0]?.shift ?? null;
}
