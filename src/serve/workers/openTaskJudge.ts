/** The work of one worker: an image file in, its judgement and pictures out. */
import { internalError } from '../../core/error.ts';
import { sha256 } from '../../core/hash.ts';
import { type OpenInspector, openInspector } from '../../detector/inspector/inspector.ts';
import { mapOnImage } from '../../detector/mapGeometry.ts';
import { decodeImageBytes } from '../../image/decodeImage.ts';
import { encodeGreyPng, encodePng } from '../../image/encodeImage.ts';
import type { FloatMap, RgbImage } from '../../image/image.ts';
import { imageSizeOfBytes } from '../../image/imageSize.ts';
import { tooManyPixels } from '../../image/refusal.ts';
import { drawFlaws } from '../../inspection/drawFlaws.ts';
import { createImageJudge, type ImageJudge } from '../../inspection/judge/imageJudge.ts';
import type { Judgement } from '../../inspection/judge/judgement.ts';
import { Refusal } from '../problem.ts';
import type { JudgeTask, TaskAnswer, TaskMap, WorkerSetup } from './message.ts';

export interface TaskJudge extends AsyncDisposable {
  /**
   * Judges as `predict` does, by the same functions.
   * @throws FlawmapError (input) for an image that cannot be read or judged; Refusal 413 for one of
   * too many pixels
   */
  judge(task: JudgeTask): Promise<TaskAnswer>;
}

interface Open {
  readonly inspector: OpenInspector;
  readonly judge: ImageJudge;
  readonly sha256: string;
}

/** @throws FlawmapError for a model that cannot be opened */
export async function openTaskJudge({ models, maxPixels }: WorkerSetup): Promise<TaskJudge> {
  const open = new Map<string, Open>();
  for (const { name, file, sha256, mmPerPixel } of models) {
    const inspector = await openInspector(file);
    // The first run of a session takes several times as long as later ones.
    await inspector.inspect(blank(inspector.metadata.preprocessing.crop));
    const judge = createImageJudge(inspector.metadata, { mmPerPixel });
    open.set(name, { inspector, judge, sha256 });
  }
  return {
    async judge(task) {
      const model = open.get(task.model);
      if (model === undefined) throw internalError({ what: `no model ${task.model} is open` });
      const started = performance.now();
      await requirePixels(task, maxPixels);
      const image = await decodeImageBytes(task.bytes, task.imageName, { pixelLimit: maxPixels });
      const decoded = performance.now();
      const scored = await model.inspector.inspect(image);
      const { map, ...judged } = model.judge(image, scored, task.imageName);
      const inferred = performance.now();
      return {
        ...judged,
        imageSha256: sha256(task.bytes),
        modelSha256: model.sha256,
        ...(await pictures(task, image, map, judged, model.inspector.metadata)),
        milliseconds: { decode: decoded - started, inference: inferred - decoded },
        residentBytes: process.memoryUsage.rss(),
      };
    },
    async [Symbol.asyncDispose]() {
      for (const { inspector } of open.values()) await inspector[Symbol.asyncDispose]();
    },
  };
}

const blank = (size: number): RgbImage => ({
  width: size,
  height: size,
  data: new Uint8Array(3 * size * size),
});

/** @throws Refusal 413, from the image's header: nothing is decoded */
async function requirePixels({ bytes, imageName }: JudgeTask, most: number): Promise<void> {
  const size = await imageSizeOfBytes(bytes, imageName);
  if (size.width * size.height <= most) return;
  throw new Refusal(413, tooManyPixels(imageName, size, most).details);
}

async function pictures(
  task: JudgeTask,
  image: RgbImage,
  map: FloatMap,
  { boxes }: Pick<Judgement, 'boxes'>,
  { calibration, preprocessing }: OpenInspector['metadata'],
): Promise<Pick<TaskAnswer, 'map' | 'overlay'>> {
  const { threshold } = calibration.pixel;
  const shown = task.map === 'none' ? {} : { map: await encodeMap(map, task.map, threshold) };
  if (!task.overlay) return shown;
  const enlarged = mapOnImage(map, image.width, image.height, preprocessing);
  return { ...shown, overlay: await encodePng(drawFlaws(image, enlarged, threshold, boxes)) };
}

async function encodeMap(
  { width, height, data }: FloatMap,
  form: 'png' | 'float',
  threshold: number,
): Promise<TaskMap> {
  // As in overlays, so that a map without a flaw does not look like one.
  let maximum = 1.5 * threshold;
  for (const value of data) maximum = Math.max(maximum, value);
  if (form === 'float') {
    const bytes = new Uint8Array(4 * data.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < data.length; i++) view.setFloat32(4 * i, data[i]!, true);
    return { width, height, maximum, form: 'float32', bytes };
  }
  const grey = Uint8Array.from(data, (value) => Math.round((255 * Math.max(0, value)) / maximum));
  const bytes = await encodeGreyPng({ width, height, data: grey });
  return { width, height, maximum, form: 'png', bytes };
}
