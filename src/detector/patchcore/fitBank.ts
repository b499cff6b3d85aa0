/** Chooses the memory bank from the embeddings of the training images. */
import { freeMemory } from '../../core/freeMemory.ts';
import type { RunControl } from '../../core/progress.ts';
import type { Random } from '../../core/random.ts';
import type { Standardisation } from '../columnStatistics.ts';
import type { EmbeddingSource } from '../embeddingSource.ts';
import { type Coreset, greedyCoreset } from './coreset.ts';
import type { MemoryBank } from './memoryBank.ts';
import {
  DEFAULT_PROJECTION,
  type Projection,
  projectAll,
  projectionDirections,
} from './projection.ts';

/** How many rows a share of the patches is: rounded, at least one. */
export function bankRows(fraction: number, patches: number): number {
  return Math.min(patches, Math.max(1, Math.round(fraction * patches)));
}

/** A bank, with what it takes to go on choosing rows for it. */
export interface FittedBank extends MemoryBank {
  /**
   * The largest distance of any training patch to its nearest row, in the space where rows are
   * chosen: projected, and standardised where the detector standardises.
   */
  readonly coveringRadius: number;
  /** Into that space: float32 [dimension, projected]. */
  readonly directions: Float32Array;
}

/**
 * @param patchesPerImage the embeddings lie image by image
 * @param fraction share of the patches to keep, in (0, 1]
 * @param projection of the embeddings, for choosing rows only
 * @returns the bank, its rows as embedded (not standardised)
 */
export async function fitBank(
  source: EmbeddingSource,
  patchesPerImage: number,
  fraction: number,
  standardisation: Standardisation | null,
  random: Random,
  control: RunControl,
  projection: Projection = DEFAULT_PROJECTION,
): Promise<FittedBank> {
  // A function of its own, so that the points are gone when the rows are read.
  const { chosen, coveringRadius, directions } = await chooseRows(
    source,
    fraction,
    standardisation,
    random,
    control,
    projection,
  );
  return {
    rows: await source.readRows(chosen),
    rowCount: chosen.length,
    dimension: source.dimension,
    sourceImage: chosen.map((row) => Math.floor(row / patchesPerImage)),
    sourcePatch: chosen.map((row) => row % patchesPerImage),
    coveringRadius,
    directions,
  };
}

async function chooseRows(
  source: EmbeddingSource,
  fraction: number,
  standardisation: Standardisation | null,
  random: Random,
  control: RunControl,
  projection: Projection,
): Promise<Coreset & Pick<FittedBank, 'directions'>> {
  const count = bankRows(fraction, source.rowCount);
  const project = random.fork('projection');
  const start = random.fork('first centre').integer(source.rowCount);
  if (count === source.rowCount) {
    const chosen = Int32Array.from({ length: count }, (_, i) => i);
    const directions = await projectionDirections(source, standardisation, project, projection);
    return { chosen, coveringRadius: 0, directions };
  }
  const { points, dimension, directions } = await projectAll(
    source,
    standardisation,
    project,
    control,
    projection,
  );
  const coreset = await greedyCoreset(points, dimension, count, { ...control, start });
  freeMemory(points);
  return { ...coreset, directions };
}
