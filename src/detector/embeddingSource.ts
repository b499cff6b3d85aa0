/** Embeddings that lie on disk, as rows of float32 numbers. */
import { type FileHandle, open } from 'node:fs/promises';
import { inputError } from '../core/error.ts';
import { freeMemory } from '../core/freeMemory.ts';
import { readAhead } from '../core/readAhead.ts';
import { readFully } from '../core/readFully.ts';

/** Rows asked for at once: a single one takes the system less time than to say that it is there. */
const ROWS_AT_ONCE = 64;

export interface EmbeddingSource {
  readonly dimension: number;
  readonly rowCount: number;
  /** float32 [(to - from) * dimension], in memory of their own, which the caller may free. */
  readRange(from: number, to: number): Promise<Float32Array>;
  /** The rows with these indices, in this order. */
  readRows(indices: Int32Array): Promise<Float32Array>;
}

/**
 * @param path of a file that holds nothing but rows
 * @throws FlawmapError (input) where it holds no whole number of them; the system's error where it
 * cannot be opened
 */
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
      remedy: 'remove the folder it lies in and run again: what lies there is made anew',
    });
  }
  return {
    dimension,
    rowCount,
    readRange: (from, to) => readRange(file, dimension, from, to),
    readRows: (indices) => readRowsOfFile(file, dimension, indices),
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
  const rows = new Float32Array((to - from) * dimension);
  await fill(new Uint8Array(rows.buffer), file, from * dimension);
  return rows;
}

/** The rows with these indices, read to where they belong: nothing is made on the way. */
export async function readRowsOfFile(
  file: FileHandle,
  dimension: number,
  indices: Int32Array,
): Promise<Float32Array> {
  const rows = new Float32Array(indices.length * dimension);
  const bytes = new Uint8Array(rows.buffer);
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  const read = (place: number) => {
    const target = bytes.subarray(place * rowBytes, (place + 1) * rowBytes);
    return fill(target, file, indices[place]! * dimension);
  };
  for await (const _ of readAhead(ascending(indices), read, ROWS_AT_ONCE));
  return rows;
}

/** @param start in numbers from the start of the file */
async function fill(target: Uint8Array, file: FileHandle, start: number): Promise<void> {
  const filled = await readFully(file, target, start * Float32Array.BYTES_PER_ELEMENT);
  if (filled < target.length) throw new RangeError('the rows asked for are not all there');
}

/** Places of the indices in their order, so that a disk is read forwards. */
const ascending = (indices: Int32Array): number[] =>
  Array.from(indices.keys()).sort((a, b) => indices[a]! - indices[b]!);

/** Row by row, in ascending order. */
export async function readRows(
  indices: Int32Array,
  dimension: number,
  readRow: (row: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const rows = new Float32Array(indices.length * dimension);
  for (const place of ascending(indices)) {
    rows.set(await readRow(indices[place]!), place * dimension);
  }
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
      const place = partOf(row);
      const source = sources[place]!;
      const start = starts[place]!;
      const end = Math.min(to, start + source.rowCount);
      const part = await source.readRange(row - start, end - start);
      rows.set(part, (row - from) * dimension);
      freeMemory(part);
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
