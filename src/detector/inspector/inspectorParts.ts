/**
 * An inspector in two halves: what makes embeddings of an image, and what judges them. The first
 * stays as it is when the second is made anew, so that no backbone's file is needed for that.
 */
import { inputError, internalError } from '../../core/error.ts';
import type { RgbImage } from '../../image/image.ts';
import { asFloat32, float32, type Tensor } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { hasLoop } from '../../tensor/onnx/loopBody.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { typeAndShape } from '../../tensor/onnx/protoParts.ts';
import { splitModel } from '../../tensor/onnx/splitModel.ts';
import { openMappedPiece } from '../../tensor/session/mappedPiece.ts';
import { openSession } from '../../tensor/session/session.ts';
import { openSessionPool, poolAhead } from '../../tensor/session/sessionPool.ts';
import type { Head } from '../head.ts';
import { decodeRegion } from '../region.ts';
import { TILE_LOOP } from '../tiling/tiledInspector.ts';
import { withinRegion } from '../withinRegion.ts';
import type { InspectorGraph } from './buildInspector.ts';
import { type Inspection, imageTensor, inspectionOf } from './inspector.ts';
import type { InspectorMetadata } from './metadata.ts';

export interface InspectorParts {
  /** From `image` to the embedding. */
  readonly embedder: ModelProto;
  /** From the embedding to map and score. */
  readonly judge: ModelProto;
  /** The tensor between them, float32 [patches, dimension]. */
  readonly embedding: string;
}

/** @throws FlawmapError (input) for an inspector that looks at photographs in tiles */
export function partsOf(
  model: ModelProto,
  { backbone }: Pick<InspectorMetadata['steps'], 'backbone'>,
): InspectorParts {
  if (hasLoop(model, TILE_LOOP)) throw inTiles();
  const [embedder, judge] = splitModel(model, [backbone]);
  return { embedder: embedder!, judge: judge!, embedding: backbone[0]! };
}

/** What is learnt lies inside of the loop over tiles, and no code takes it out yet. */
function inTiles() {
  return inputError({
    what: 'this is not possible with an inspector that looks at photographs in tiles',
    expected: 'one that was fitted without --tile',
    found: 'one that was fitted with --tile',
    remedy: 'fit it anew: with new images among the others, or for a smaller copy without --tile',
  });
}

export interface EmbeddingSession extends AsyncDisposable {
  /** Images that are worth giving it at once. */
  readonly ahead: number;
  /** float32 [patches * dimension] */
  embed(image: RgbImage): Promise<Float32Array>;
}

/**
 * The embedding half of a file, which must stay as it is until the session is closed.
 * @param images how many there will be, about
 */
export async function openEmbedder(
  path: string,
  { steps }: Pick<InspectorMetadata, 'steps'>,
  images: number,
): Promise<EmbeddingSession> {
  const session = await openMappedPiece(
    path,
    (model) => partsOf(model, steps).embedder,
    (model, options) => openSessionPool(model, images, options),
    { name: 'backbone and embeddings' },
  );
  const embedding = steps.backbone[0]!;
  return {
    ahead: poolAhead(session),
    async embed(image) {
      return asFloat32((await session.run({ image: imageTensor(image) }))[embedding]!);
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

export interface JudgeSession extends AsyncDisposable {
  /** Of an embedding. */
  readonly patches: number;
  /** @param embedding of one image, float32 [patches * dimension] */
  judge(embedding: Float32Array): Promise<Inspection>;
}

/** The judging half of a file, or of a graph, which must stay as it is until the session is closed. */
export async function openJudge(
  path: string,
  { steps, embedding: { dimension, grid } }: Pick<InspectorMetadata, 'steps' | 'embedding'>,
): Promise<JudgeSession> {
  const session = await openMappedPiece(path, (model) => partsOf(model, steps).judge, openSession, {
    name: 'score and map',
  });
  const name = steps.backbone[0]!;
  const patches = grid[0] * grid[1];
  return {
    patches,
    async judge(embedding) {
      const rows: Tensor = float32(embedding, [patches, dimension]);
      return inspectionOf(await session.run({ [name]: rows }));
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

/** The same embeddings judged by another head. */
export function withHead(
  { embedder, embedding }: InspectorParts,
  head: Head,
  metadata: InspectorMetadata,
): InspectorGraph {
  const {
    embedding: { dimension, grid },
    preprocessing: { crop },
    steps,
    region,
  } = metadata;
  const judged = region === undefined ? head : withinRegion(head, decodeRegion(region, crop, crop));
  const { graph: front } = embedder;
  const [image] = front?.input ?? [];
  const declared = image && typeAndShape(image);
  if (front === undefined || image === undefined || declared === undefined) {
    throw internalError({ what: 'the embedding half of an inspector has no input' });
  }
  const graph = createGraph('inspector');
  graph.input(image.name, declared.type, declared.shape);
  const names = [...front.node, ...front.initializer].map(({ name }) => name);
  // What is made now must not take names that are there already.
  for (const name of names) graph.freshName(name);
  graph.adopt(front.node, front.initializer);
  const rows = { graph, name: embedding, type: 'float32', shape: ['patches', dimension] } as const;
  graph.describe(rows);
  const { map, score, found } = judged({ rows, dimension, grid }, [crop, crop]);
  graph.output('anomaly_map', map);
  graph.output('pred_score', { ...score, shape: ['N'] });
  for (const value of found) graph.describe(value);
  const [resized] = steps.resize;
  const size = { graph, name: resized!, type: 'float32', shape: ['N', 3, crop, crop] } as const;
  graph.describe(size);
  return { model: graph.toModel(), steps: { ...steps, search: found.map(({ name }) => name) } };
}
