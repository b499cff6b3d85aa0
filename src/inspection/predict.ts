/** `predict`: score, verdict and flaws of images, with pictures on request. */
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomicFile.ts';
import { encodeNpy } from '../core/npy.ts';
import type { RunControl } from '../core/progress.ts';
import { readAhead } from '../core/readAhead.ts';
import { startedEarly } from '../core/startedEarly.ts';
import type { SkippedFile } from '../data/dataset.ts';
import { type ListedImage, listImages } from '../data/listImages.ts';
import type { InspectorMetadata } from '../detector/inspector/metadata.ts';
import { mapOnImage } from '../detector/mapGeometry.ts';
import { drawBox } from '../image/drawBox.ts';
import { encodePng } from '../image/encodeImage.ts';
import type { FloatMap, RgbImage } from '../image/image.ts';
import { overlay } from '../image/overlay.ts';
import { type Decoded, decodedSamples } from './decodedSamples.ts';
import type { FlawBox } from './judge/flawBoxes.ts';
import { createImageJudge } from './judge/imageJudge.ts';
import type { Judgement } from './judge/judgement.ts';
import type { LookOptions } from './look/look.ts';
import { type LookingInspector, openLookingInspector } from './look/openLookingInspector.ts';
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
  const { images, skipped } = await listImages(paths);
  onSkipped?.(skipped);
  await using inspection = await openPredictions(model, images, look, control);
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
 * As `predict`, with a model that is open already. The first images are decoded while it is opened.
 * @throws FlawmapError as `openLookingInspector`
 */
export async function openPredictions(
  model: string,
  images: readonly ListedImage[],
  look: LookOptions,
  control: RunControl,
): Promise<Predictions> {
  const decoded = startedEarly(decodedSamples(images, 'inspecting images', control));
  try {
    const inspector = await openLookingInspector(model, look, { apart: true, mapped: true });
    return {
      metadata: inspector.metadata,
      predict: (pictures) =>
        predictions(inspector, decoded, uniqueStems(images.map(({ name }) => name)), pictures),
      async [Symbol.asyncDispose]() {
        await decoded.return?.();
        await inspector[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await decoded.return?.();
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
  const judge = createImageJudge(inspector.metadata, { mmPerPixel });
  const pixelThreshold = calibration.pixel.threshold;
  const inspect = async (decoded: Decoded<ListedImage>) => ({
    ...decoded,
    scored: await inspector.inspect(decoded.image, decoded.sample.path),
  });
  for await (const { sample, image, sha256, scored } of readAhead(images, inspect, 2)) {
    const { map, conditions: _, ...judged } = judge(image, scored, sample.path);
    const prediction = { path: sample.path, sha256, ...judged };
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

/** Heat and contour on the photograph, and a frame around every flaw. */
export function drawFlaws(
  image: RgbImage,
  map: FloatMap,
  pixelThreshold: number,
  boxes: readonly FlawBox[],
): RgbImage {
  const heated = overlay(image, map, { pixelThreshold });
  return boxes.reduce((picture, box) => drawBox(picture, box), heated);
}
