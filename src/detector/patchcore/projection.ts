/**
 * A random projection for the coreset's distances (Johnson and Lindenstrauss): 128 Gaussian
 * directions keep all pairwise distances within a few percent, at a twelfth of the work.
 */

import type { RunControl } from '../../core/progress.ts';
import type { Random } from '../../core/random.ts';
import { product } from '../../tensor/product.ts';
import type { Standardisation } from '../columnStatistics.ts';
import type { EmbeddingSource } from '../embeddingSource.ts';

export const PROJECTED = 128;
const CHUNK_ROWS = 8192;

/** Gaussian directions, float32 [dimension, PROJECTED], scaled to keep lengths on average. */
export function randomDirections(dimension: number, random: Random): Float32Array {
  const scale = 1 / Math.sqrt(PROJECTED);
  return Float32Array.from({ length: dimension * PROJECTED }, () => random.normal() * scale);
}

/**
 * All embeddings projected; standardised first where the detector standardises, which is folded
 * into the directions. Embeddings of at most PROJECTED dimensions stay as they are.
 * @returns the points, float32 [rowCount, dimension], the dimension being PROJECTED or less, and
 * what projected them, float32 [source's dimension, dimension]
 */
export async function projectAll(
  source: EmbeddingSource,
  standardisation: Standardisation | null,
  random: Random,
  { signal }: RunControl,
): Promise<{ points: Float32Array; dimension: number; directions: Float32Array }> {
  const { dimension, rowCount } = source;
  const target = Math.min(dimension, PROJECTED);
  const directions = target < dimension ? randomDirections(dimension, random) : identity(dimension);
  if (standardisation !== null) {
    for (let i = 0; i < directions.length; i++) {
      directions[i]! /= standardisation.deviation[Math.floor(i / target)]!;
    }
  }
  const points = new Float32Array(rowCount * target);
  for (let from = 0; from < rowCount; from += CHUNK_ROWS) {
    signal?.throwIfAborted();
    const to = Math.min(from + CHUNK_ROWS, rowCount);
    const chunk = await source.readRange(from, to);
    points.set(await product(chunk, directions, dimension), from * target);
  }
  return { points, dimension: target, directions };
}

function identity(dimension: number): Float32Array {
  return Float32Array.from({ length: dimension * dimension }, (_, i) =>
    i % (dimension + 1) === 0 ? 1 : 0,
  );
}
