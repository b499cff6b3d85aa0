/**
 * Fewer dimensions for the coreset's distances: random directions keep all pairwise distances
 * within a few percent (Johnson and Lindenstrauss), principal axes keep as much of the variance as
 * can be kept; 128 of them at a twelfth of the work.
 */
import { freeMemory } from '../../core/freeMemory.ts';
import type { RunControl } from '../../core/progress.ts';
import type { Random } from '../../core/random.ts';
import { readAhead } from '../../core/readAhead.ts';
import { principalAxes } from '../../tensor/principalAxes.ts';
import { openFactor } from '../../tensor/product.ts';
import type { Standardisation } from '../columnStatistics.ts';
import type { EmbeddingSource } from '../embeddingSource.ts';
import { centred, columnMeans } from './memoryBank.ts';

export interface Projection {
  readonly kind: 'random' | 'pca';
  /** Dimensions kept; embeddings that have no more stay as they are. */
  readonly dimension: number;
}

export const DEFAULT_PROJECTION: Projection = { kind: 'random', dimension: 128 };

/** What is read at once; the next chunk is read while one is projected. */
const CHUNK_BYTES = 16e6;
/** Rows that principal axes are found from: many times their number. */
const SAMPLE_ROWS = 16_384;

/**
 * All embeddings projected; standardised first where the detector standardises, which is folded
 * into the directions.
 * @returns the points, float32 [rowCount, dimension], and what projected them, float32
 * [source's dimension, dimension]
 */
export async function projectAll(
  source: EmbeddingSource,
  standardisation: Standardisation | null,
  random: Random,
  control: RunControl,
  projection = DEFAULT_PROJECTION,
): Promise<{ points: Float32Array; dimension: number; directions: Float32Array }> {
  const directions = await projectionDirections(source, standardisation, random, projection);
  const dimension = directions.length / source.dimension;
  return { points: await projectedBy(source, directions, control), dimension, directions };
}

/** Float32 [source's dimension, dimension or the source's own]. */
export async function projectionDirections(
  source: EmbeddingSource,
  standardisation: Standardisation | null,
  random: Random,
  { kind, dimension }: Projection,
): Promise<Float32Array> {
  const target = Math.min(source.dimension, dimension);
  const directions =
    target === source.dimension
      ? identity(target)
      : kind === 'random'
        ? randomDirections(source.dimension, target, random)
        : await sampledAxes(source, standardisation, target, random);
  if (standardisation !== null) {
    for (let i = 0; i < directions.length; i++) {
      directions[i]! /= standardisation.deviation[Math.floor(i / target)]!;
    }
  }
  return directions;
}

/** Every row times the directions: float32 [rowCount, dimension]. */
export async function projectedBy(
  source: EmbeddingSource,
  directions: Float32Array,
  { signal }: RunControl,
): Promise<Float32Array> {
  const target = directions.length / source.dimension;
  const { dimension, rowCount } = source;
  const points = new Float32Array(rowCount * target);
  const chunkRows = Math.ceil(CHUNK_BYTES / (dimension * Float32Array.BYTES_PER_ELEMENT));
  const starts = Array.from({ length: Math.ceil(rowCount / chunkRows) }, (_, i) => i * chunkRows);
  const read = (from: number) => source.readRange(from, Math.min(from + chunkRows, rowCount));
  await using factor = await openFactor(directions, dimension);
  let done = 0;
  for await (const rows of readAhead(starts, read, 2)) {
    signal?.throwIfAborted();
    const projected = await factor.appliedTo(rows);
    freeMemory(rows);
    points.set(projected, done);
    done += projected.length;
    freeMemory(projected);
  }
  return points;
}

/** Gaussian directions, float32 [dimension, count], scaled to keep lengths on average. */
function randomDirections(dimension: number, count: number, random: Random): Float32Array {
  const scale = 1 / Math.sqrt(count);
  return Float32Array.from({ length: dimension * count }, () => random.normal() * scale);
}

/** Principal axes of a seeded sample of the rows, float32 [dimension, count]. */
async function sampledAxes(
  source: EmbeddingSource,
  standardisation: Standardisation | null,
  count: number,
  random: Random,
): Promise<Float32Array> {
  const { rowCount, dimension } = source;
  const picks = Int32Array.from({ length: Math.min(SAMPLE_ROWS, rowCount) }, () =>
    random.integer(rowCount),
  );
  const sample = await source.readRows(picks);
  const rows = centred(sample, columnMeans(sample, dimension));
  if (standardisation !== null) {
    for (let i = 0; i < rows.length; i++) rows[i]! /= standardisation.deviation[i % dimension]!;
  }
  return principalAxes(rows, dimension, count, random.fork('axes'));
}

function identity(dimension: number): Float32Array {
  return Float32Array.from({ length: dimension * dimension }, (_, i) =>
    i % (dimension + 1) === 0 ? 1 : 0,
  );
}
