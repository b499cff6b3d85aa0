/** Joins preprocessing, backbone, embedding and score into the one graph of an inspector. */
import type { Backbone } from '../../backbone/backbone.ts';
import { createGraph, type Value } from '../../tensor/graph.ts';
import type { ModelProto } from '../../tensor/proto/onnx_pb.ts';
import type { MapSpec } from '../anomalyMap.ts';
import { type Embedding, type EmbeddingKind, embed } from '../embedding.ts';
import type { ScoreSpec } from '../patchcore/imageScore.ts';
import { type PatchcoreTables, patchcoreScore } from '../patchcore/patchcore.ts';
import { type Preprocessing, preprocess } from '../preprocess.ts';

/** The half of a detector that is shared by all that use the same backbone and layers. */
export interface EmbedSpec {
  readonly backbone: Backbone;
  readonly layers: readonly string[];
  readonly embedding: EmbeddingKind;
  readonly preprocessing: Preprocessing;
}

export interface ScoreSettings {
  readonly score: ScoreSpec;
  readonly map: MapSpec;
}

interface EmbedGraph {
  readonly image: Value;
  readonly resized: Value;
  readonly embedding: Embedding;
}

async function embedGraph(image: Value, spec: EmbedSpec): Promise<EmbedGraph> {
  const resized = preprocess(image, spec.preprocessing);
  const features = await spec.backbone.build(resized, spec.layers);
  return { image, resized, embedding: embed(features, spec.embedding) };
}

const imageInput = (graph: ReturnType<typeof createGraph>): Value =>
  graph.input('image', 'uint8', ['N', 'H', 'W', 3]);

export interface Embedder {
  readonly model: ModelProto;
  readonly dimension: number;
  readonly grid: readonly [number, number];
}

/** Input `image` uint8 [N, H, W, 3], output `embedding` float32 [N * h * w, dimension]. */
export async function buildEmbedder(spec: EmbedSpec): Promise<Embedder> {
  const graph = createGraph('embedder');
  const { embedding } = await embedGraph(imageInput(graph), spec);
  graph.output('embedding', embedding.rows);
  return { model: graph.toModel(), dimension: embedding.dimension, grid: embedding.grid };
}

/** Names of the tensors that each step but the last hands on. */
export type Steps = Readonly<Record<'resize' | 'backbone' | 'search', readonly string[]>>;

export interface InspectorGraph {
  readonly model: ModelProto;
  readonly steps: Steps;
}

/**
 * Input `image` uint8 [N, H, W, 3] of any size; outputs `anomaly_map` float32 [N, 1, h, w] and
 * `pred_score` float32 [N].
 */
export async function buildInspector(
  spec: EmbedSpec,
  tables: PatchcoreTables,
  settings: ScoreSettings,
): Promise<InspectorGraph> {
  const graph = createGraph('inspector');
  const { resized, embedding } = await embedGraph(imageInput(graph), spec);
  const { crop } = spec.preprocessing;
  const { map, score, nearest } = patchcoreScore(embedding, tables, settings, [crop, crop]);
  graph.output('anomaly_map', map);
  graph.output('pred_score', { ...score, shape: ['N'] });
  const steps = {
    resize: [resized],
    backbone: [embedding.rows],
    search: [nearest.distance, nearest.index],
  };
  for (const value of Object.values(steps).flat()) graph.describe(value);
  const names = (values: readonly Value[]) => values.map(({ name }) => name);
  return {
    model: graph.toModel(),
    steps: {
      resize: names(steps.resize),
      backbone: names(steps.backbone),
      search: names(steps.search),
    },
  };
}
