/** The half of a detector behind its embedding, as a graph of its own. */
import { createGraph } from '../../tensor/graph.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import type { Embedding } from '../embedding.ts';
import type { Head } from '../head.ts';

/**
 * Input `embedding` float32 [N * h * w, dimension]; outputs `distance` float32 [N * h * w],
 * `pred_score` float32 [N] and, where the method searches for the nearest row, its index `nearest`
 * int64 [N * h * w].
 * @param size height and width of the map, which a score may be taken from
 */
export function buildScorer(
  { dimension, ...description }: Omit<Embedding, 'rows'>,
  head: Head,
  size: readonly [number, number],
): ModelProto {
  const graph = createGraph('scorer');
  const rows = graph.input('embedding', 'float32', ['patches', dimension]);
  const { score, found } = head({ rows, dimension, ...description }, size);
  const [distance, nearest] = found;
  graph.output('distance', { ...distance!, shape: ['patches'] });
  if (nearest !== undefined) graph.output('nearest', { ...nearest, shape: ['patches'] });
  graph.output('pred_score', { ...score, shape: ['N'] });
  return graph.toModel();
}
