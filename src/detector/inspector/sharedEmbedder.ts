/** Several embeddings of one pass through the backbone, for detectors that differ in nothing else. */
import { createGraph } from '../../tensor/graph.ts';
import type { ModelProto } from '../../tensor/proto/onnx_pb.ts';
import { type Embedding, type EmbeddingKind, embed } from '../embedding.ts';
import { type ChannelChoice, embedChannels } from '../padim/channels.ts';
import { preprocess } from '../preprocess.ts';
import type { EmbedSpec } from './buildInspector.ts';

export interface SharedEmbedder {
  readonly model: ModelProto;
  /** In the order asked for. */
  readonly embeddings: readonly (Omit<Embedding, 'rows'> & {
    /** The output that holds it: float32 [N * h * w, dimension]. */
    readonly output: string;
  })[];
}

/** Input `image` uint8 [N, H, W, 3]. */
export async function buildSharedEmbedder(
  spec: Omit<EmbedSpec, 'embedding'>,
  kinds: readonly (EmbeddingKind | ChannelChoice)[],
): Promise<SharedEmbedder> {
  const graph = createGraph('shared embedder');
  const image = graph.input('image', 'uint8', ['N', 'H', 'W', 3]);
  const features = await spec.backbone.build(preprocess(image, spec.preprocessing), spec.layers);
  const embeddings = kinds.map((kind, index) => {
    const { rows, ...description } =
      typeof kind === 'string' ? embed(features, kind) : embedChannels(features, kind);
    const output = `embedding_${index}`;
    graph.output(output, rows);
    return { ...description, output };
  });
  return { model: graph.toModel(), embeddings };
}
