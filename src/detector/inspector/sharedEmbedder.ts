/** Several embeddings of one pass through the backbone, of the same or of different layers. */
import { createGraph } from '../../tensor/graph.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { type Embedding, type EmbeddingKind, embed } from '../embedding.ts';
import { type ChannelChoice, embedChannels } from '../padim/channels.ts';
import { preprocess } from '../preprocess.ts';
import { type EmbedSpec, imageInput } from './buildInspector.ts';

export interface WantedEmbedding {
  /** Of the backbone, finest first. */
  readonly layers: readonly string[];
  readonly kind: EmbeddingKind | ChannelChoice;
}

export interface SharedEmbedder {
  readonly model: ModelProto;
  /** In the order asked for. */
  readonly embeddings: readonly (Omit<Embedding, 'rows'> & {
    /** The output that holds it: float32 [N * h * w, dimension]. */
    readonly output: string;
  })[];
  /** Channels of each layer that an embedding reads. */
  readonly layerWidths: Readonly<Record<string, number>>;
}

/** Input `image` uint8 [N, H, W, 3]. */
export async function buildSharedEmbedder(
  { backbone, preprocessing }: Pick<EmbedSpec, 'backbone' | 'preprocessing'>,
  wanted: readonly WantedEmbedding[],
): Promise<SharedEmbedder> {
  const graph = createGraph('shared embedder');
  const image = imageInput(graph);
  const layers = [...new Set(wanted.flatMap((embedding) => embedding.layers))];
  const features = await backbone.build(preprocess(image, preprocessing), layers);
  const embeddings = wanted.map(({ layers: own, kind }, index) => {
    const chosen = own.map((layer) => features[layers.indexOf(layer)]!);
    const { rows, ...description } =
      typeof kind === 'string' ? embed(chosen, kind) : embedChannels(chosen, kind);
    const output = `embedding_${index}`;
    graph.output(output, rows);
    return { ...description, output };
  });
  const layerWidths = Object.fromEntries(
    layers.map((layer, place) => [layer, features[place]!.shape[1] as number]),
  );
  return { model: graph.toModel(), embeddings, layerWidths };
}
