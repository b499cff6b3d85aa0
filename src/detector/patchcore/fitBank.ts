/** Chooses the memory bank from the embeddings of the training images. */
import type { RunControl } from '../../core/progress.ts';
import type { Random } from '../../core/random.ts';
import type { EmbeddingSpill, Standardisation } from '../embeddingSpill.ts';
import { greedyCoreset } from './coreset.ts';
import type { MemoryBank } from './memoryBank.ts';
import { projectAll } from './projection.ts';

/** How many rows a share of the patches is: rounded, at least one. */
export function bankRows(fraction: number, patches: number): number {
  return Math.min(patches, Math.max(1, Math.round(fraction * patches)));
}

/**
 * @param patchesPerImage the embeddings lie image by image
 * @param fraction share of the patches to keep, in (0, 1]
 * @returns the bank, its rows as embedded (not standardised)
 */
export async function fitBank(
  spill: EmbeddingSpill,
  patchesPerImage: number,
  fraction: number,
  standardisation: Standardisation | null,
  random: Random,
  control: RunControl,
): Promise<MemoryBank> {
  const rowCount = bankRows(fraction, spill.rowCount);
  const selected = await select(spill, rowCount, standardisation, random, control);
  return {
    rows: await spill.readRows(selected),
    rowCount,
    dimension: spill.dimension,
    sourceImage: selected.map((row) => Math.floor(row / patchesPerImage)),
    sourcePatch: selected.map((row) => row % patchesPerImage),
  };
}

async function select(
  spill: EmbeddingSpill,
  rowCount: number,
  standardisation: Standardisation | null,
  random: Random,
  control: RunControl,
): Promise<Int32Array> {
  if (rowCount === spill.rowCount) return Int32Array.from({ length: rowCount }, (_, i) => i);
  const directions = random.fork('projection');
  const { points, dimension } = await projectAll(spill, standardisation, directions, control);
  const start = random.fork('first centre').integer(spill.rowCount);
  return greedyCoreset(points, dimension, rowCount, { ...control, start });
}
