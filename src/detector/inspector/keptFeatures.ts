/**
 * What is kept of an image's one pass through the backbone, so that every embedding can be had from
 * it later, equal to the last bit: PatchCore's embedding as it is, because a graph that begins
 * behind the backbone may round its resizing differently; and for PaDiM, whose embeddings are mere
 * copies, those channels of its layers that any of its seeds reads.
 */

import { int64 } from '../../tensor/elementType.ts';
import { createGraph, type Value } from '../../tensor/graph.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { gather } from '../../tensor/ops/layout.ts';
import { type Embedding, type EmbeddingKind, embed } from '../embedding.ts';
import { type ChannelChoice, embedChannels } from '../padim/channels.ts';
import { preprocess } from '../preprocess.ts';
import { type EmbedSpec, imageInput } from './buildInspector.ts';

export interface WantedFeatures {
  readonly patchcore: { readonly layers: readonly string[]; readonly kind: EmbeddingKind } | null;
  /** The layers finest first, and each seed's choice among their channels. */
  readonly padim: {
    readonly layers: readonly string[];
    readonly choices: readonly ChannelChoice[];
  } | null;
}

/** Plain data. */
export interface KeptLayer {
  readonly layer: string;
  /** Of the layer, ascending; may be none. */
  readonly channels: readonly number[];
  /** [h, w] */
  readonly grid: readonly [number, number];
}

/** Plain data: what the tensors hold that `FeatureKeeper` gives. */
export interface KeptFeatures {
  /** float32 [h * w, dimension] */
  readonly patchcore: Pick<Embedding, 'dimension' | 'grid'> | null;
  /** float32 [channels, h, w] each; null where PaDiM is not asked for */
  readonly padim: readonly KeptLayer[] | null;
  /** Channels of every layer that is read. */
  readonly layerWidths: Readonly<Record<string, number>>;
}

export interface FeatureKeeper {
  /** Input `image` uint8 [1, H, W, 3]. */
  readonly model: ModelProto;
  readonly kept: KeptFeatures;
}

export const KEPT_EMBEDDING = 'embedding';
export const keptLayerName = (place: number): string => `layer_${place}`;

export async function buildFeatureKeeper(
  { backbone, preprocessing }: Pick<EmbedSpec, 'backbone' | 'preprocessing'>,
  { patchcore, padim }: WantedFeatures,
): Promise<FeatureKeeper> {
  const graph = createGraph('kept features');
  const image = imageInput(graph);
  const layers = [...new Set([...(patchcore?.layers ?? []), ...(padim?.layers ?? [])])];
  const features = await backbone.build(preprocess(image, preprocessing), layers);
  const featureOf = (layer: string): Value => features[layers.indexOf(layer)]!;
  let embedding: Embedding | null = null;
  if (patchcore !== null) {
    embedding = embed(patchcore.layers.map(featureOf), patchcore.kind);
    graph.output(KEPT_EMBEDDING, embedding.rows);
  }
  const kept = padim && chosenOf(padim, featureOf);
  for (const [place, { layer, channels }] of (kept ?? []).entries()) {
    if (channels.length === 0) continue;
    const indices = graph.constant('channels', int64(channels));
    graph.output(keptLayerName(place), gather(featureOf(layer), indices, 1));
  }
  return {
    model: graph.toModel(),
    kept: {
      patchcore: embedding && { dimension: embedding.dimension, grid: embedding.grid },
      padim: kept,
      layerWidths: Object.fromEntries(
        layers.map((layer) => [layer, featureOf(layer).shape[1] as number]),
      ),
    },
  };
}

/** Of each layer the channels that any choice takes. */
function chosenOf(
  { layers, choices }: WantedFeatures['padim'] & object,
  featureOf: (layer: string) => Value,
): KeptLayer[] {
  const shapes = layers.map((layer) => featureOf(layer).shape as readonly number[]);
  const total = shapes.reduce((sum, [, width]) => sum + width!, 0);
  const all = [...new Set(choices.flatMap((choice) => choice(total)))].sort((a, b) => a - b);
  let end = 0;
  return layers.map((layer, place) => {
    const [, width, height, across] = shapes[place] as [unknown, number, number, number];
    const start = end;
    end += width;
    const own = all.filter((channel) => channel >= start && channel < end);
    return { layer, channels: own.map((channel) => channel - start), grid: [height, across] };
  });
}

export interface KeptEmbedder {
  /** Inputs as `keptLayerName` says, float32 [1, channels, h, w], of the layers that keep any. */
  readonly model: ModelProto;
  /** One for each choice. */
  readonly embeddings: readonly (Omit<Embedding, 'rows'> & { readonly output: string })[];
}

/** PaDiM's embeddings of what was kept for these choices among others. */
export function buildKeptEmbedder(
  { padim, layerWidths }: KeptFeatures,
  choices: readonly ChannelChoice[],
): KeptEmbedder {
  const graph = createGraph('embeddings of kept features');
  const layers = padim!;
  const total = layers.reduce((sum, { layer }) => sum + layerWidths[layer]!, 0);
  let start = 0;
  /** All that was kept, as places among the layers' channels laid end to end. */
  const all = layers.flatMap(({ layer, channels }) => {
    const own = channels.map((channel) => start + channel);
    start += layerWidths[layer]!;
    return own;
  });
  const features = layers.flatMap(({ channels, grid }, place) =>
    channels.length === 0
      ? []
      : [graph.input(keptLayerName(place), 'float32', [1, channels.length, ...grid])],
  );
  const embeddings = choices.map((choice, index) => {
    const channels = choice(total);
    const places = channels.map((channel) => all.indexOf(channel));
    const { rows, dimension, grid } = embedChannels(features, () => places, layers[0]!.grid);
    const output = `embedding_${index}`;
    graph.output(output, rows);
    return { dimension, grid, channels, output };
  });
  return { model: graph.toModel(), embeddings };
}
