/**
 * Embeddings of the training images, on disk: written once as they come, read back in chunks for
 * the projection and row by row for the bank. 209 images of 784 patches are a gigabyte at 1536
 * dimensions; in memory stay only the running statistics.
 */
import { environmentError, systemCode } from '../core/error.ts';
import { openScratchFile } from '../core/scratchFile.ts';
import {
  createColumnStatistics,
  type Standardisation,
  standardisationOf,
} from './columnStatistics.ts';
import { type EmbeddingSource, readRange, readRows } from './embeddingSource.ts';

export interface EmbeddingSpill extends EmbeddingSource, AsyncDisposable {
  /** @param rows float32 [count * dimension] */
  append(rows: Float32Array): Promise<void>;
  /** Per dimension over all rows so far. */
  standardisation(): Standardisation;
}

export async function openEmbeddingSpill(
  folder: string,
  dimension: number,
): Promise<EmbeddingSpill> {
  const scratch = await openScratchFile(folder);
  const statistics = createColumnStatistics(dimension);
  let rowCount = 0;
  const range = (from: number, to: number) => readRange(scratch.handle, dimension, from, to);
  return {
    dimension,
    get rowCount() {
      return rowCount;
    },
    async append(rows) {
      statistics.add(rows);
      const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
      try {
        await scratch.handle.writeFile(bytes);
      } catch (error) {
        throw systemCode(error) === 'ENOSPC' ? outOfSpace(folder, error) : error;
      }
      rowCount += rows.length / dimension;
    },
    readRange: range,
    readRows: (indices) => readRows(indices, dimension, (row) => range(row, row + 1)),
    standardisation: () => standardisationOf(statistics.moments()),
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  };
}

function outOfSpace(folder: string, cause: unknown) {
  return environmentError({
    what: `the disk of ${folder} is full`,
    expected: 'room for the embeddings of all training images while fitting',
    remedy: 'free some space, or write the model to another disk',
    cause,
  });
}
