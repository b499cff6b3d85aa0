/** A bank that images join for good. */
import type { RunControl } from '../../core/progress.ts';
import type { EmbeddingSource } from '../embeddingSource.ts';
import { extendedBy } from '../joinArrays.ts';
import type { FittedBank } from './fitBank.ts';
import { openKCenter } from './kCenter.ts';

/**
 * Greedy k-center selection goes on from the bank's own rows until every patch of the new images is
 * as near to a row as the training patches are; images like those add next to nothing.
 * @param bank its rows stay as they are; those that join may follow them in their memory
 * @param source the new images' embeddings, image by image
 * @param points the same projected by the bank's directions, float32; used up: their origin moves
 * @param toBank squared, of each point to the bank's nearest, float32; used up
 * @param firstImage the place of the first of them in the list of training images
 */
export async function growBank(
  bank: FittedBank,
  source: EmbeddingSource,
  points: Float32Array,
  toBank: Float32Array,
  patchesPerImage: number,
  firstImage: number,
  control: RunControl,
): Promise<FittedBank> {
  const { dimension, directions, coveringRadius } = bank;
  const width = directions.length / dimension;
  await using centres = await openKCenter(points, width, toBank);
  const { signal, onProgress } = control;
  const chosen = Int32Array.from(
    await centres.grow(
      source.rowCount,
      { count: Number.POSITIVE_INFINITY, radius: coveringRadius },
      // How many rows will join is not known before.
      {
        signal,
        onProgress:
          onProgress && ((event) => onProgress({ ...event, step: 'choosing rows', total: 0 })),
      },
    ),
  );
  const joined = await source.readRows(chosen);
  const imageOf = (row: number) => firstImage + Math.floor(row / patchesPerImage);
  return {
    ...bank,
    rows: extendedBy(bank.rows, joined),
    rowCount: bank.rowCount + chosen.length,
    sourceImage: Int32Array.from([...bank.sourceImage, ...Array.from(chosen, imageOf)]),
    sourcePatch: Int32Array.from([
      ...bank.sourcePatch,
      ...chosen.map((row) => row % patchesPerImage),
    ]),
  };
}
