/** Joins preprocessing, backbone, embedding and score into the one graph of an inspector. */
import type { Backbone } from '../../backbone/backbone.ts';
import { createGraph, type Graph, type Value } from '../../tensor/graph.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { type Embedding, type EmbeddingKind, embed } from '../embedding.ts';
import type { Head } from '../head.ts';
import { type ChannelChoice, embedChannels } from '../padim/channels.ts';
import { type Preprocessing, preprocess } from '../preprocess.ts';

/** The half of a detector that is shared by all that use the same backbone and layers. */
export interface EmbedSpec {
  readonly backbone: Backbone;
  readonly layers: readonly string[];
  /** PatchCore's kinds, or PaDiM's choice of channels. */
  readonly embedding: EmbeddingKind | ChannelChoice;
  readonly preprocessing: Preprocessing;
}

interface EmbedGraph {
  readonly image: Value;
  readonly resized: Value;
  readonly embedding: Embedding;
}

async function embedGraph(image: Value, spec: EmbedSpec): Promise<EmbedGraph> {
  const resized = preprocess(image, spec.preprocessing);
  const features = await spec.backbone.build(resized, spec.layers);
  const embedding =
    typeof spec.embedding === 'string'
      ? embed(features, spec.embedding)
      : embedChannels(features, spec.embedding);
  return { image, resized, embedding };
}

/** What every graph that begins with photographs takes: RGB, of any size. */
export const imageInput = (graph: Graph): Value =>
  graph.input('image', 'uint8', ['N', 'H', 'W', 3]);

export interface Embedder extends Omit<Embedding, 'rows'> {
  readonly model: ModelProto;
}

/** Input `image` uint8 [N, H, W, 3], output `embedding` float32 [N * h * w, dimension]. */
export async function buildEmbedder(spec: EmbedSpec): Promise<Embedder> {
  const graph = createGraph('embedder');
  const { embedding } = await embedGraph(imageInput(graph), spec);
  const { rows, ...description } = embedding;
  graph.output('embedding', rows);
  return { ...description, model: graph.toModel() };
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
export async function buildInspector(spec: EmbedSpec, head: Head): Promise<InspectorGraph> {
  const graph = createGraph('inspector');
  const { resized, embedding } = await embedGraph(imageInput(graph), spec);
  const { crop } = spec.preprocessing;
  const { map, score, found } = head(embedding, [crop, crop]);
  graph.output('anomaly_map', map);
  graph.output('pred_score', { ...score, shape: ['N'] });
  const steps = {
    resize: [resized],
    backbone: [embedding.rows],
    search: found,
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
