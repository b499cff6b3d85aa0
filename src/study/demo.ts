/** `demo`: a small study on painted products, with pictures to look at. */
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from '../core/atomicFile.ts';
import type { RunControl } from '../core/progress.ts';
import { contactSheet, type Tile } from '../image/contactSheet.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { encodePng } from '../image/encodeImage.ts';
import { type Prediction, predict } from '../inspection/predict.ts';
import { runStudy, type StudyOutcome } from './runStudy.ts';

/** From `dist/study` as from `src/study`. */
const CONFIG = fileURLToPath(new URL('../../configs/demo.yaml', import.meta.url));

export interface DemoPictures {
  readonly category: string;
  /** The model that found what the pictures show. */
  readonly model: string;
  /** Folder of overlays and maps of all test images. */
  readonly pictures: string;
  /** Contact sheet: some images of every kind, with what was found on them. */
  readonly sheet: string;
}

export interface Demo extends StudyOutcome {
  readonly categories: readonly DemoPictures[];
  readonly seconds: number;
}

/** Paints the images, runs the study of `configs/demo.yaml` under `out`, and draws what it found. */
export async function demo(
  { out, workers }: { readonly out: string; readonly workers: number | undefined },
  control: RunControl = {},
): Promise<Demo> {
  const start = performance.now();
  const options = { config: CONFIG, out, only: undefined, workers };
  const outcome = await runStudy(options, control);
  const categories: DemoPictures[] = [];
  for (const { name } of outcome.result.categories) {
    categories.push(await drawCategory(resolve(out), name, control));
  }
  return { ...outcome, categories, seconds: (performance.now() - start) / 1000 };
}

async function drawCategory(
  root: string,
  category: string,
  control: RunControl,
): Promise<DemoPictures> {
  const model = join(root, 'outputs', 'models', `patchcore_${category}_clean.onnx`);
  const pictures = join(root, 'overlays', category);
  const predictions: Prediction[] = [];
  const paths = [join(root, 'data', 'raw', category, 'test')];
  const named = withLabel(category, control);
  for await (const prediction of predict({ model, paths, out: pictures }, named)) {
    predictions.push(prediction);
  }
  const sheet = join(root, 'overlays', `${category}.png`);
  await writeFileAtomic(sheet, await encodePng(await drawSheet(category, predictions)));
  return { category, model, pictures, sheet };
}

/** The steps' names with the category's in front. */
function withLabel(category: string, { onProgress, signal }: RunControl): RunControl {
  return {
    signal,
    onProgress:
      onProgress && ((event) => onProgress({ ...event, step: `${category}: ${event.step}` })),
  };
}

const COLUMNS = 4;
const PER_KIND = 2;

/** A photograph and beside it what was found, two of each kind. */
async function drawSheet(category: string, predictions: readonly Prediction[]) {
  const tiles: Tile[] = [];
  const kindOf = ({ path }: Prediction) => basename(dirname(path));
  for (const kind of new Set(predictions.map(kindOf))) {
    const ofKind = predictions.filter((prediction) => kindOf(prediction) === kind);
    for (const { path, files, score, threshold, verdict } of ofKind.slice(0, PER_KIND)) {
      const right = score <= threshold === (kind === 'good');
      const borderColour = right ? ([60, 150, 80] as const) : ([205, 45, 40] as const);
      const times = `${(score / threshold).toFixed(2)} x threshold`;
      tiles.push({ image: await decodeImage(path), caption: [kind, basename(path)] });
      tiles.push({
        image: await decodeImage(files!.overlay),
        caption: [verdict, times],
        borderColour,
      });
    }
  }
  const title = `${category}: photograph and what was found`;
  return contactSheet(tiles, { columns: COLUMNS, tileEdge: 256, title });
}
