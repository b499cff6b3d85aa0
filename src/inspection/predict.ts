/** `predict`: score, verdict and flaws of images, with pictures on request. */
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomicFile.ts';
import { encodeNpy } from '../core/npy.ts';
import { openedEarly } from '../core/openedEarly.ts';
import type { RunControl } from '../core/progress.ts';
import { readAhead } from '../core/readAhead.ts';
import { startedEarly } from '../core/startedEarly.ts';
import type { SkippedFile } from '../data/dataset.ts';
import { type ListedImage, listImages } from '../data/listImages.ts';
import type { InspectorMetadata } from '../detector/inspector/metadata.ts';
import { mapOnImage } from '../detector/mapGeometry.ts';
import { encodePng } from '../image/encodeImage.ts';
import type { RgbImage } from '../image/image.ts';
import { imagingConditions } from './conditions/imagingConditions.ts';
import { type Decoded, decodedSamples } from './decodedSamples.ts';
import { drawFlaws } from './drawFlaws.ts';
import { createImageJudge, type ImageJudge } from './judge/imageJudge.ts';
import type { Judgement } from './judge/judgement.ts';
import type { LookOptions } from './look/look.ts';
import type { LookingInspector } from './look/openLookingInspector.ts';
import { openToPredict } from './openToPredict.ts';
import { uniqueStems } from './uniqueStems.ts';

export interface Prediction extends Judgement {
  /** Absolute path of the image. */
  readonly path: string;
  /** Of the file. */
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  /** Written with `out`: the overlay PNG and the raw map. */
  readonly files?: { readonly overlay: string; readonly map: string };
}

export interface PictureOptions {
  /** Where pictures and maps go; undefined for none. */
  readonly out?: string | undefined;
  /** Millimetres that a pixel of a photograph shows: flaws get their sizes. */
  readonly mmPerPixel?: number | undefined;
}

export interface PredictOptions extends PictureOptions, LookOptions {
  readonly model: string;
  /** Image files and folders. */
  readonly paths: readonly string[];
  /** Told once of the files in folders that are no images. */
  readonly onSkipped?: (skipped: readonly SkippedFile[]) => void;
}

/**
 * Yields one prediction after the other, so that the first is there before the last is read. Until
 * the last, the model's file must not be written over; another may be moved into its place.
 * @throws FlawmapError for a model or an image that cannot be read, naming it
 */
export async function* predict(
  { model, paths, onSkipped, out, mmPerPixel, ...look }: PredictOptions,
  control: RunControl = {},
): AsyncGenerator<Prediction> {
  await using inspector = openedEarly(openToPredict(model, look));
  const { images, skipped } = await listImages(paths);
  onSkipped?.(skipped);
  await using inspection = await openPredictions(inspector.opened, images, control);
  yield* inspection.predict({ out, mmPerPixel });
}

export interface Predictions extends AsyncDisposable {
  readonly metadata: InspectorMetadata;
  /**
   * All images, once: one is judged while the next is scored.
   * @throws FlawmapError for an image that cannot be read, naming it
   */
  predict(pictures: PictureOptions): AsyncGenerator<Prediction>;
}

/**
 * As `predict`, with a model that is opened meanwhile: the first images are decoded before it is.
 * @param opening closed by whoever opens it
 * @throws what opening it throws
 */
export async function openPredictions(
  opening: Promise<LookingInspector>,
  images: readonly ListedImage[],
  control: RunControl,
): Promise<Predictions> {
  const decoded = startedEarly(decodedSamples(images, 'inspecting images', control));
  const stopDecoding = async () => {
    await decoded.return?.();
  };
  try {
    const inspector = await opening;
    return {
      metadata: inspector.metadata,
      predict: (pictures) =>
        predictions(inspector, decoded, uniqueStems(images.map(({ name }) => name)), pictures),
      [Symbol.asyncDispose]: stopDecoding,
    };
  } catch (error) {
    await stopDecoding();
    throw error;
  }
}

async function* predictions(
  inspector: LookingInspector,
  images: AsyncIterable<Decoded<ListedImage>>,
  stems: ReadonlyMap<string, string>,
  { out, mmPerPixel }: PictureOptions,
): AsyncGenerator<Prediction> {
  const { calibration, preprocessing } = inspector.metadata;
  const pixelThreshold = calibration.pixel.threshold;
  let made: ImageJudge | undefined;
  /** All that needs no score. */
  const prepare = async (image: RgbImage) => {
    made ??= createImageJudge(inspector.metadata, { mmPerPixel });
    return { judge: made, conditions: imagingConditions(image) };
  };
  const inspect = async ({ sample, image, sha256 }: Decoded<ListedImage>) => {
    // The graph computes in a thread of its own meanwhile.
    const scoring = Promise.all([inspector.inspect(image, sample.path), prepare(image)]);
    const [scored, { judge, conditions }] = await scoring;
    return { sample, image, sha256, judged: judge(image, { ...scored, conditions }, sample.path) };
  };
  for await (const { sample, image, sha256, judged } of readAhead(images, inspect, 2)) {
    const { map, conditions: _, ...judgement } = judged;
    const prediction = { path: sample.path, sha256, ...judgement };
    if (out === undefined) yield prediction;
    else {
      const enlarged = mapOnImage(map, image.width, image.height, preprocessing);
      const picture = drawFlaws(image, enlarged, pixelThreshold, judged.boxes);
      const stem = join(out, stems.get(sample.name)!);
      const files = { overlay: `${stem}_overlay.png`, map: `${stem}_map.npy` };
      await writeFileAtomic(files.overlay, await encodePng(picture));
      const shape = [map.height, map.width];
      await writeFileAtomic(files.map, encodeNpy({ shape, data: map.data }));
      yield { ...prediction, files };
    }
  }
}
