/**
 * Embeddings of the training images, on disk: written once as they come, read back in chunks for
 * the projection and row by row for the bank. 209 images of 784 patches are a gigabyte at 1536
 * dimensions.
 */
import { environmentError, systemCode } from '../core/error.ts';
import { freeMemory } from '../core/freeMemory.ts';
import { openScratchFile } from '../core/scratchFile.ts';
import { type EmbeddingSource, readRange, readRowsOfFile } from './embeddingSource.ts';

export interface EmbeddingSpill extends EmbeddingSource, AsyncDisposable {
  /**
   * Writes while the caller goes on, and waits for what came before: at most two are in memory.
   * When the disk fails, the next call says so.
   * @param rows float32 [count * dimension]; used up: once written, they are there no more
   */
  append(rows: Float32Array): Promise<void>;
}

export async function openEmbeddingSpill(
  folder: string,
  dimension: number,
): Promise<EmbeddingSpill> {
  const scratch = await openScratchFile(folder);
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  let rowCount = 0;
  let written = Promise.resolve();

  async function write(rows: Float32Array, position: number): Promise<void> {
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await scratch.handle.write(
          bytes,
          done,
          bytes.length - done,
          position + done,
        );
        done += bytesWritten;
      }
    } catch (error) {
      throw systemCode(error) === 'ENOSPC' ? outOfSpace(folder, error) : error;
    }
    freeMemory(rows);
  }

  async function range(from: number, to: number): Promise<Float32Array> {
    await written;
    return readRange(scratch.handle, dimension, from, to);
  }
  return {
    dimension,
    get rowCount() {
      return rowCount;
    },
    async append(rows) {
      await written;
      written = write(rows, rowCount * rowBytes);
      // Until somebody waits for it, a failure must not count as unhandled.
      written.catch(() => {});
      rowCount += rows.length / dimension;
    },
    readRange: range,
    async readRows(indices) {
      await written;
      return readRowsOfFile(scratch.handle, dimension, indices);
    },
    async [Symbol.asyncDispose]() {
      await written.catch(() => {});
      await scratch[Symbol.asyncDispose]();
    },
  };
}

function outOfSpace(folder: string, cause: unknown) {
  return environmentError({
    what: `the disk of ${folder} is full`,
    expected: 'room for the embeddings of all images until the work is done',
    found: 'no space left on it',
    remedy: 'free some space, or write to another disk',
    cause,
  });
}
