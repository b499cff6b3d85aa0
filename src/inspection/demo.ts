/** `demo`: the main job on the built-in data set, with pictures to look at. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { writeFileAtomic } from '../core/atomicFile.ts';
import type { RunControl } from '../core/progress.ts';
import { SYNTHETIC_CATEGORIES } from '../data/synthetic/renderSample.ts';
import { writeSyntheticDataset } from '../data/synthetic/writeSyntheticDataset.ts';
import { contactSheet, type Tile } from '../image/contactSheet.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { encodePng } from '../image/encodeImage.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { DEFAULT_FIT, fit } from './fit.ts';
import { type Prediction, predict } from './predict.ts';

export interface DemoCategory {
  readonly category: string;
  readonly model: string;
  readonly evaluation: Evaluation;
  /** Folder of overlays and maps of all test images. */
  readonly pictures: string;
  /** Contact sheet: some images of every kind, with what was found on them. */
  readonly sheet: string;
}

export interface Demo {
  readonly out: string;
  readonly data: string;
  readonly categories: readonly DemoCategory[];
  readonly seconds: number;
}

/**
 * Paints the data set under `out` (or uses the one that is there), then fits, evaluates and draws
 * each category on the built-in backbone.
 */
export async function demo(
  { out, seed }: { readonly out: string; readonly seed: number },
  control: RunControl = {},
): Promise<Demo> {
  const start = performance.now();
  const root = resolve(out);
  const data = join(root, 'data');
  if (!existsSync(data)) await writeSyntheticDataset({ out: data, seed, ...control });
  const categories: DemoCategory[] = [];
  for (const category of SYNTHETIC_CATEGORIES) {
    categories.push(await inspectCategory(root, data, category, seed, control));
  }
  return { out: root, data, categories, seconds: (performance.now() - start) / 1000 };
}

async function inspectCategory(
  root: string,
  data: string,
  category: string,
  seed: number,
  control: RunControl,
): Promise<DemoCategory> {
  const named = withLabel(category, control);
  const model = join(root, `${category}.onnx`);
  await fit({ ...DEFAULT_FIT, data, category, output: model, seed }, named);
  const evaluation = await evaluate({ model, data, category }, named);
  const pictures = join(root, category);
  const predictions: Prediction[] = [];
  const paths = [join(data, category, 'test')];
  for await (const prediction of predict({ model, paths, out: pictures }, named)) {
    predictions.push(prediction);
  }
  const sheet = join(root, `${category}.png`);
  await writeFileAtomic(sheet, await encodePng(await drawSheet(category, predictions)));
  return { category, model, evaluation, pictures, sheet };
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
      const right = (verdict === 'normal') === (kind === 'good');
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
