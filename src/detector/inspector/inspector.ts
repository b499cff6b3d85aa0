/** Runs an inspector: an image in, its score and anomaly map out. */
import { readFile } from 'node:fs/promises';
import { FlawmapError, inputError, internalError, messageOf } from '../../core/error.ts';
import type { FloatMap, RgbImage } from '../../image/image.ts';
import { asFloat32, type Tensor, uint8 } from '../../tensor/elementType.ts';
import { withOutput } from '../../tensor/loopBody.ts';
import type { ModelProto } from '../../tensor/proto/onnx_pb.ts';
import { decodeModel, encodeModel } from '../../tensor/protoParts.ts';
import { readMetadata, requireDataOnlyFile } from '../../tensor/readMetadata.ts';
import { openSession, type Session, type SessionOptions } from '../../tensor/session.ts';
import { splitModel } from '../../tensor/splitModel.ts';
import type { Steps } from './buildInspector.ts';
import { type InspectorMetadata, METADATA_KEY, parseMetadata } from './metadata.ts';
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

export const STEP_NAMES = ['resize', 'backbone', 'search', 'map'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** An inspection whose steps were run one by one: the same numbers, with what lies between. */
export interface StagedInspection extends Inspection {
  readonly milliseconds: Readonly<Record<StepName, number>>;
  /** float32 [patches, dimension]; of a tiled inspector [tiles, dimension], the mean of each tile */
  readonly embedding: Float32Array;
  /** Of every patch: float32 [patches], or over the photograph [1, 1, h, w]. */
  readonly distance: Tensor;
}

export interface StagedInspector extends AsyncDisposable {
  inspect(image: RgbImage): Promise<StagedInspection>;
}

export interface InspectorOptions extends SessionOptions {
  /** Whether inspections hold the distances of patches. */
  readonly distances?: boolean;
}

/**
 * @throws FlawmapError (input) when the file is missing, cut short, changed or no inspector
 */
export async function openInspector(
  path: string,
  { distances, ...options }: InspectorOptions = {},
): Promise<OpenInspector> {
  const metadata = await readInspectorMetadata(path);
  await requireIntact(path);
  const name = distances ? distancesName(metadata) : undefined;
  const model =
    name === undefined
      ? path
      : encodeModel(withOutput(decodeModel(await readFile(path), path), name));
  const session = await openSession(model, { ...options, name: path });
  return {
    metadata,
    inspect: (image) =>
      sayingFile(path, async () => {
        const results = await session.run({ image: imageTensor(image) });
        const inspection = inspectionOf(results);
        if (!Number.isFinite(inspection.score)) {
          throw internalError({ what: path, found: `the score ${inspection.score}` });
        }
        if (name === undefined) return inspection;
        return { ...inspection, distances: distancesOf(results[name]!, metadata) };
      }),
    [Symbol.asyncDispose]: () => session.close(),
  };
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
export async function readInspectorMetadata(path: string): Promise<InspectorMetadata> {
  const metadata = parseMetadata((await readMetadata(path)).get(METADATA_KEY), path);
  await requireDataOnlyFile(path);
  return metadata;
}

/** One that looks at photographs as a whole, run step by step. */
export async function stageInspector(
  model: ModelProto,
  steps: Steps,
  options: SessionOptions = {},
): Promise<StagedInspector> {
  const pieces = splitModel(model, [steps.resize, steps.backbone, steps.search]);
  const sessions: Session[] = [];
  for (const [i, piece] of pieces.entries()) {
    sessions.push(await openSession(encodeModel(piece), { name: STEP_NAMES[i]!, ...options }));
  }
  return {
    async inspect(image) {
      const tensors: Record<string, Tensor> = { image: imageTensor(image) };
      const milliseconds = { resize: 0, backbone: 0, search: 0, map: 0 };
      for (const [i, session] of sessions.entries()) {
        const feeds = session.inputs.map((name) => [name, tensors[name]!] as const);
        const start = performance.now();
        Object.assign(tensors, await session.run(Object.fromEntries(feeds)));
        milliseconds[STEP_NAMES[i]!] = performance.now() - start;
      }
      const embedding = asFloat32(tensors[steps.backbone[0]!]!);
      const distance = tensors[steps.search[0]!]!;
      return { ...inspectionOf(tensors), milliseconds, embedding, distance };
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) await session.close();
    },
  };
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
