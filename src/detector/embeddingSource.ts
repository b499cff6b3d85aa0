/** Embeddings that lie on disk, as rows of float32 numbers. */
import { type FileHandle, open } from 'node:fs/promises';
import { inputError } from '../core/error.ts';
import { readAhead } from '../core/readAhead.ts';

/** Rows asked for at once: a single one takes the system less time than to say that it is there. */
const ROWS_AT_ONCE = 64;

export interface EmbeddingSource {
  readonly dimension: number;
  readonly rowCount: number;
  /** float32 [(to - from) * dimension] */
  readRange(from: number, to: number): Promise<Float32Array>;
  /** The rows with these indices, in this order. */
  readRows(indices: Int32Array): Promise<Float32Array>;
}

/** @throws FlawmapError (input) where the file is missing or holds no whole number of rows */
export async function openEmbeddingFile(
  path: string,
  dimension: number,
): Promise<EmbeddingSource & AsyncDisposable> {
  const file = await open(path);
  const { size } = await file.stat();
  const rowCount = size / (dimension * Float32Array.BYTES_PER_ELEMENT);
  if (!Number.isInteger(rowCount)) {
    await file.close();
    throw inputError({
      what: `${path} does not hold embeddings of ${dimension} dimensions`,
      expected: 'a whole number of rows',
      found: `${size} bytes`,
    });
  }
  return {
    dimension,
    rowCount,
    readRange: (from, to) => readRange(file, dimension, from, to),
    readRows: (indices) =>
      readRows(indices, dimension, (row) => readRange(file, dimension, row, row + 1)),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** Rows from to to of a file that holds nothing else. */
export async function readRange(
  file: FileHandle,
  dimension: number,
  from: number,
  to: number,
): Promise<Float32Array> {
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  const rows = new Float32Array((to - from) * dimension);
  const bytes = new Uint8Array(rows.buffer);
  let done = 0;
  while (done < bytes.length) {
    const position = from * rowBytes + done;
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position);
    if (bytesRead === 0) throw new RangeError(`rows ${from} to ${to} are not all there`);
    done += bytesRead;
  }
  return rows;
}

/** In ascending order, so that the disk is read forwards. */
export async function readRows(
  indices: Int32Array,
  dimension: number,
  readRow: (row: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const rows = new Float32Array(indices.length * dimension);
  const order = Array.from(indices.keys()).sort((a, b) => indices[a]! - indices[b]!);
  const inOrder = readAhead(order, (place) => readRow(indices[place]!), ROWS_AT_ONCE);
  let next = 0;
  for await (const row of inOrder) rows.set(row, order[next++]! * dimension);
  return rows;
}

/** One after the other; all of the same dimension. */
export function concatSources(sources: readonly EmbeddingSource[]): EmbeddingSource {
  const { dimension } = sources[0]!;
  const starts: number[] = [];
  let rowCount = 0;
  for (const source of sources) {
    starts.push(rowCount);
    rowCount += source.rowCount;
  }
  const partOf = (row: number) => starts.findLastIndex((start) => start <= row);

  async function range(from: number, to: number): Promise<Float32Array> {
    const rows = new Float32Array((to - from) * dimension);
    for (let row = from; row < to; ) {
      const part = partOf(row);
      const source = sources[part]!;
      const start = starts[part]!;
      const end = Math.min(to, start + source.rowCount);
      rows.set(await source.readRange(row - start, end - start), (row - from) * dimension);
      row = end;
    }
    return rows;
  }
  return {
    dimension,
    rowCount,
    readRange: range,
    readRows: (indices) => readRows(indices, dimension, (row) => range(row, row + 1)),
  };
}
