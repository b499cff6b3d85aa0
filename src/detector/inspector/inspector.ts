/** Runs an inspector: an image in, its score and anomaly map out. */
import { readFile } from 'node:fs/promises';
import { FlawmapError, inputError, internalError, messageOf } from '../../core/error.ts';
import type { FloatMap, RgbImage } from '../../image/image.ts';
import { asFloat32, type Tensor, uint8 } from '../../tensor/elementType.ts';
import { readMetadata, requireDataOnlyFile } from '../../tensor/onnx/readMetadata.ts';
import { openMappedSession } from '../../tensor/session/mappedSession.ts';
import { openSession, type SessionOptions } from '../../tensor/session/session.ts';
import { openThreadSession } from '../../tensor/session/threadSession.ts';
import type { InspectorMetadata } from './metadata.ts';
import { METADATA_KEY } from './metadataKeys.ts';
import { requireIntact } from './requireIntact.ts';

export interface Inspection {
  /** Higher is more anomalous. */
  readonly score: number;
  readonly map: FloatMap;
  /** Of the patches, over what is seen of the photograph: where they were asked for. */
  readonly distances?: FloatMap;
}

export interface Inspector extends AsyncDisposable {
  inspect(image: RgbImage): Promise<Inspection>;
}

export interface OpenInspector extends Inspector {
  readonly metadata: InspectorMetadata;
}

export interface InspectorOptions extends SessionOptions {
  /** Whether inspections hold the distances of patches. */
  readonly distances?: boolean;
  /** In a thread of its own: other work goes on while it opens and while it runs. */
  readonly apart?: boolean;
  /** Its weights stay in the file, which must stay as it is: opened sooner, see `openMappedSession`. */
  readonly mapped?: boolean;
  /** What `readInspectorMetadata` has said of the file, where it has been asked. */
  readonly metadata?: InspectorMetadata;
}

/**
 * @throws FlawmapError (input) when the file is missing, cut short, changed or no inspector
 */
export async function openInspector(
  path: string,
  { distances, apart, mapped, metadata: known, ...options }: InspectorOptions = {},
): Promise<OpenInspector> {
  const reading = known ?? parsed(await dataOnlyText(path), path);
  const name = distances ? distancesName(await reading) : undefined;
  const named = { ...options, name: path };
  const open = apart ? openThreadSession : openSession;
  const openGraph = async () => {
    const piece = name === undefined ? undefined : await giving(name, path);
    if (mapped) return openMappedSession(path, open, { ...named, ...(piece && { piece }) });
    return open(piece ? piece(await readFile(path)) : path, named);
  };
  const opening = openGraph();
  // All of them take their time. That the file is not whole explains what else failed.
  const all = await Promise.allSettled([requireIntact(path), reading, opening] as const);
  const failed = all.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    if (all[2].status === 'fulfilled') await all[2].value.close();
    throw failed.reason;
  }
  const [metadata, session] = [await reading, await opening];
  return {
    metadata,
    inspect: (image) =>
      sayingFile(path, async () => {
        const results = await session.run({ image: imageTensor(image) });
        const inspection = inspectionOf(results);
        if (!Number.isFinite(inspection.score)) {
          throw internalError({
            what: `${path} gave no score`,
            found: `the score ${inspection.score}`,
          });
        }
        if (name === undefined) return inspection;
        return { ...inspection, distances: distancesOf(results[name]!, metadata) };
      }),
    [Symbol.asyncDispose]: () => session.close(),
  };
}

/** What gives a model one more output. It is written anew: only who needs that pays for it. */
async function giving(output: string, path: string): Promise<(model: Uint8Array) => Uint8Array> {
  const { encodeModel, parseModel } = await import('../../tensor/onnx/protoParts.ts');
  const { withOutput } = await import('../../tensor/onnx/withOutput.ts');
  return (model) => encodeModel(withOutput(parseModel(model, path), output));
}

/** That a graph is no inspector's, whatever its metadata say, shows when it is run. */
async function sayingFile<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FlawmapError && error.kind !== 'internal') throw error;
    throw inputError({
      what: `${path} does not work as an inspector`,
      expected: 'anomaly_map, float32 N x 1 x h x w, and a pred_score, float32 N, for any image',
      found: (error instanceof FlawmapError && error.details.found) || messageOf(error),
      remedy: 'make the inspector again with `flawmap fit`',
      cause: error,
    });
  }
}

/**
 * What a file says of itself; whoever opens it in any way asks this first.
 * @throws FlawmapError (input) when the file is missing, cut short, no inspector, or wants more than
 * to compute with what is in it
 */
export const readInspectorMetadata = async (path: string): Promise<InspectorMetadata> =>
  parsed(await dataOnlyText(path), path);

/** The metadata as they stand in a file that is data only; undefined in one that is no inspector. */
async function dataOnlyText(path: string): Promise<string | undefined> {
  const text = (await readMetadata(path)).get(METADATA_KEY);
  if (text !== undefined) await requireDataOnlyFile(path);
  return text;
}

/** What checks them takes a tenth of a second to load, while a model may already be opened. */
async function parsed(text: string | undefined, path: string): Promise<InspectorMetadata> {
  const { parseMetadata } = await import('./metadata.ts');
  return parseMetadata(text, path);
}

/** The tensor that holds the distances of patches. */
const distancesName = ({ steps, tiling }: InspectorMetadata): string | undefined =>
  tiling?.distances ?? steps.search[0];

/** As a map over what is seen of the photograph. */
export function distancesOf(
  distance: Tensor,
  { embedding: { grid } }: InspectorMetadata,
): FloatMap {
  const [height, width] = distance.dims.length === 4 ? distance.dims.slice(2) : grid;
  return { width: width!, height: height!, data: asFloat32(distance) };
}

export const imageTensor = ({ width, height, data }: RgbImage): Tensor =>
  uint8(data, [1, height, width, 3]);

export function inspectionOf({
  anomaly_map: map,
  pred_score: score,
}: Record<string, Tensor>): Inspection {
  if (map === undefined || score === undefined) {
    throw internalError({ what: 'the inspector gave no anomaly_map or no pred_score' });
  }
  const [, , height, width] = map.dims;
  if (map.dims.length !== 4 || !height || !width) {
    throw internalError({ what: `the inspector gave an anomaly_map of [${map.dims.join(', ')}]` });
  }
  return { score: asFloat32(score)[0]!, map: { width, height, data: asFloat32(map) } };
}
