/**
 * Embeddings of the training images, on disk: written once as they come, read back in chunks for
 * the projection and row by row for the bank. 209 images of 784 patches are a gigabyte at 1536
 * dimensions; in memory stay only the running statistics.
 */
import { environmentError, systemCode } from '../core/error.ts';
import { openScratchFile } from '../core/scratchFile.ts';

export interface Standardisation {
  /** float64 [dimension] */
  readonly mean: Float64Array;
  /** Standard deviation, at least a millionth of the largest; float64 [dimension] */
  readonly deviation: Float64Array;
}

export interface EmbeddingSpill extends AsyncDisposable {
  readonly dimension: number;
  readonly rowCount: number;
  /** @param rows float32 [count * dimension] */
  append(rows: Float32Array): Promise<void>;
  /** float32 [(to - from) * dimension] */
  readRange(from: number, to: number): Promise<Float32Array>;
  /** The rows with these indices, in this order. */
  readRows(indices: Int32Array): Promise<Float32Array>;
  /** Per dimension over all rows so far. */
  standardisation(): Standardisation;
}

export async function openEmbeddingSpill(
  folder: string,
  dimension: number,
): Promise<EmbeddingSpill> {
  const scratch = await openScratchFile(folder);
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  // Sums about the first row: without that, sums of squares would cancel.
  let origin: Float32Array | undefined;
  const sums = new Float64Array(dimension);
  const squares = new Float64Array(dimension);
  let rowCount = 0;

  function count(rows: Float32Array): void {
    origin ??= rows.slice(0, dimension);
    for (let start = 0; start < rows.length; start += dimension) {
      for (let i = 0; i < dimension; i++) {
        const offset = rows[start + i]! - origin[i]!;
        sums[i]! += offset;
        squares[i]! += offset * offset;
      }
    }
  }

  async function readRange(from: number, to: number): Promise<Float32Array> {
    const rows = new Float32Array((to - from) * dimension);
    const bytes = new Uint8Array(rows.buffer);
    let done = 0;
    while (done < bytes.length) {
      const position = from * rowBytes + done;
      const { bytesRead } = await scratch.handle.read(bytes, done, bytes.length - done, position);
      if (bytesRead === 0) throw new RangeError(`rows ${from} to ${to} are not all there`);
      done += bytesRead;
    }
    return rows;
  }

  return {
    dimension,
    get rowCount() {
      return rowCount;
    },
    async append(rows) {
      count(rows);
      const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
      try {
        await scratch.handle.writeFile(bytes);
      } catch (error) {
        throw systemCode(error) === 'ENOSPC' ? outOfSpace(folder, error) : error;
      }
      rowCount += rows.length / dimension;
    },
    readRange,
    async readRows(indices) {
      const rows = new Float32Array(indices.length * dimension);
      // In the order of the file, so that the disk is read forwards.
      const order = Array.from(indices.keys()).sort((a, b) => indices[a]! - indices[b]!);
      for (const place of order) {
        const row = indices[place]!;
        rows.set(await readRange(row, row + 1), place * dimension);
      }
      return rows;
    },
    standardisation() {
      const mean = sums.map((sum, i) => origin![i]! + sum / rowCount);
      const deviation = squares.map((square, i) =>
        Math.sqrt(Math.max(0, square / rowCount - (sums[i]! / rowCount) ** 2)),
      );
      const floor = Math.max(...deviation) * 1e-6 || 1;
      return { mean, deviation: deviation.map((value) => Math.max(value, floor)) };
    },
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
