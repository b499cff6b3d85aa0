/**
 * `export --half`: a copy of a model for places where its size matters, and what that costs, measured
 * on photographs.
 */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { inputError, usageError } from '../../core/error.ts';
import { sha256 } from '../../core/hash.ts';
import type { RunControl } from '../../core/progress.ts';
import { flawmapVersion } from '../../core/version.ts';
import type { SkippedFile } from '../../data/dataset.ts';
import { listImages } from '../../data/listImages.ts';
import {
  imageTensor,
  inspectionOf,
  openInspector,
  readInspectorMetadata,
} from '../../detector/inspector/inspector.ts';
import { partsOf } from '../../detector/inspector/inspectorParts.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { requireIntactBytes } from '../../detector/inspector/requireIntact.ts';
import { parseThumbnails } from '../../detector/inspector/thumbnails.ts';
import { encodeInspector } from '../../detector/inspector/writeInspector.ts';
import { decodeModel } from '../../tensor/onnx/protoParts.ts';
import { readMetadata } from '../../tensor/onnx/readMetadata.ts';
import { openSession } from '../../tensor/session/session.ts';
import { decodedSamples } from '../decodedSamples.ts';
import { createImageJudge, type InspectedImage } from '../judge/imageJudge.ts';
import type { Judgement } from '../judge/judgement.ts';
import { checkOutput } from '../learn/checkFit.ts';
import { halveInspector } from './halveInspector.ts';

export interface ExportOptions {
  readonly model: string;
  /** Photographs, and folders of them, that both models judge. */
  readonly paths: readonly string[];
  readonly out: string;
}

type Verdict = Judgement['verdict'];

export interface ExportReport {
  /** Absolute paths. */
  readonly model: string;
  readonly file: string;
  readonly bytes: { readonly before: number; readonly after: number };
  readonly threshold: number;
  /** Photographs compared. */
  readonly images: number;
  /** The largest difference of a score, and of a value of an anomaly map. */
  readonly scoreDifference: number;
  readonly mapDifference: number;
  /** Photographs judged otherwise. */
  readonly changed: readonly {
    readonly path: string;
    readonly before: { readonly score: number; readonly verdict: Verdict };
    readonly after: { readonly score: number; readonly verdict: Verdict };
  }[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Thresholds stay as they are, with what they promise of the model as it was.
 * @throws FlawmapError for a model, an image or a disk that will not do; then no file is left behind
 */
export async function exportHalf(
  { model: path, paths, out }: ExportOptions,
  control: RunControl = {},
): Promise<ExportReport> {
  const model = resolve(path);
  const file = resolve(out);
  if (file === model) throw ontoItself(path);
  await checkOutput(file);
  const metadata = await readInspectorMetadata(model);
  if (metadata.halfPrecision !== undefined) throw alreadyHalf(path);
  const { images, skipped } = await listImages(paths);

  control.onProgress?.({ step: 'halving the model', done: 0, total: 0 });
  const content = await readFile(model);
  requireIntactBytes(content, model);
  const graph = { ...decodeModel(content, model), metadataProps: [] };
  const halved = await halveInspector(partsOf(graph, metadata.steps), graph, metadata);
  const described: InspectorMetadata = {
    ...metadata,
    createdBy: `flawmap ${flawmapVersion()}`,
    detector: halved.detector,
    steps: halved.steps,
    parent: { sha256: sha256(content), action: 'export' },
  };
  const thumbnails = parseThumbnails(await readMetadata(model), model);
  const encode = (about: InspectorMetadata) => encodeInspector(halved.model, about, thumbnails);

  const compared = await compareOn(images, model, Buffer.concat(encode(described)), control);
  const { scoreDifference, mapDifference, changed } = compared;
  const measured = { images: images.length, scoreDifference, mapDifference };
  const parts = encode({ ...described, halfPrecision: measured });
  control.signal?.throwIfAborted();
  await writeFileAtomic(file, parts);
  return {
    model,
    file,
    bytes: { before: (await stat(model)).size, after: (await stat(file)).size },
    threshold: metadata.calibration.image.threshold,
    ...measured,
    changed,
    skipped,
  };
}

/** Both judge all photographs. */
async function compareOn(
  images: readonly { readonly path: string }[],
  model: string,
  halved: Uint8Array,
  control: RunControl,
) {
  await using before = await openInspector(model);
  await using after = await openSession(halved, { name: 'the copy' });
  const judge = createImageJudge(before.metadata);
  const changed: ExportReport['changed'][number][] = [];
  let scoreDifference = 0;
  let mapDifference = 0;
  for await (const decoded of decodedSamples(images, 'comparing both models', control)) {
    const { sample, image } = decoded;
    const old = judge(image, await before.inspect(image), sample.path);
    const outputs = await after.run({ image: imageTensor(image) });
    const now = judge(image, inspectionOf(outputs), sample.path);
    scoreDifference = Math.max(scoreDifference, Math.abs(now.score - old.score));
    mapDifference = Math.max(mapDifference, largestDifference(old.map.data, now.map.data));
    if (old.verdict !== now.verdict) {
      changed.push({ path: sample.path, before: briefly(old), after: briefly(now) });
    }
  }
  return { scoreDifference, mapDifference, changed };
}

const briefly = ({ score, verdict }: InspectedImage) => ({ score, verdict });

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);

function ontoItself(path: string) {
  return usageError({
    what: 'the copy would take the place of the model it is made from',
    expected: '--out with another name',
    found: path,
    remedy: 'keep the full model: `flawmap update` needs it',
  });
}

function alreadyHalf(path: string) {
  return inputError({
    what: `${path} is in half precision already`,
    expected: 'a model as `flawmap fit` or `flawmap update` has written it',
    found: 'a copy made by `flawmap export --half`',
  });
}
