/** Scores images whose embeddings are stored, with a head that was just fitted. */
import { freeMemory } from '../../../core/freeMemory.ts';
import type { EmbeddingSource } from '../../../detector/embeddingSource.ts';
import type { Head } from '../../../detector/head.ts';
import { buildScorer } from '../../../detector/inspector/buildScorer.ts';
import { asFloat32, float32 } from '../../../tensor/elementType.ts';
import { encodeModel } from '../../../tensor/onnx/protoParts.ts';
import { openSession } from '../../../tensor/session/session.ts';

export interface ScoredEmbeddings {
  /** One an image. */
  readonly scores: readonly number[];
  /** Mean over images, reading aside. */
  readonly milliseconds: number;
}

/**
 * @param source rows image by image
 * @param size height and width of the map
 */
export async function scoreEmbeddings(
  head: Head,
  source: EmbeddingSource,
  grid: readonly [number, number],
  size: number,
  signal: AbortSignal | undefined,
): Promise<ScoredEmbeddings> {
  const { dimension, rowCount } = source;
  const patches = grid[0] * grid[1];
  const model = buildScorer({ dimension, grid }, head, [size, size]);
  await using session = await openSession(encodeModel(model));
  const scores: number[] = [];
  let milliseconds = 0;
  for (let row = 0; row < rowCount; row += patches) {
    signal?.throwIfAborted();
    const rows = await source.readRange(row, row + patches);
    const start = performance.now();
    const embedding = float32(rows, [patches, dimension]);
    const { pred_score } = await session.run({ embedding }, ['pred_score']);
    milliseconds += performance.now() - start;
    freeMemory(rows);
    scores.push(asFloat32(pred_score!)[0]!);
  }
  return { scores, milliseconds: milliseconds / scores.length };
}
