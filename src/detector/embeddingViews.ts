/** Parts of stored embeddings, read as if they were all there is. */
import { freeMemory } from '../core/freeMemory.ts';
import { type EmbeddingSource, readRows } from './embeddingSource.ts';

/**
 * Some of the images, in this order.
 * @param patches rows of an image; the source lies image by image
 */
export function imagesOf(
  source: EmbeddingSource,
  patches: number,
  images: readonly number[],
): EmbeddingSource {
  const { dimension } = source;
  const range = async (from: number, to: number) => {
    const rows = new Float32Array((to - from) * dimension);
    for (let row = from; row < to; ) {
      const place = Math.floor(row / patches);
      const end = Math.min(to, (place + 1) * patches);
      const shift = images[place]! * patches - place * patches;
      const part = await source.readRange(row + shift, end + shift);
      rows.set(part, (row - from) * dimension);
      freeMemory(part);
      row = end;
    }
    return rows;
  };
  return {
    dimension,
    rowCount: images.length * patches,
    readRange: range,
    readRows: (indices) => readRows(indices, dimension, (row) => range(row, row + 1)),
  };
}

/** Some of the columns, in this order. */
export function columnsOf(source: EmbeddingSource, columns: readonly number[]): EmbeddingSource {
  const narrow = (rows: Float32Array): Float32Array => {
    const count = rows.length / source.dimension;
    const result = new Float32Array(count * columns.length);
    for (let row = 0, to = 0; row < count; row++) {
      const start = row * source.dimension;
      for (const column of columns) result[to++] = rows[start + column]!;
    }
    freeMemory(rows);
    return result;
  };
  return {
    dimension: columns.length,
    rowCount: source.rowCount,
    readRange: async (from, to) => narrow(await source.readRange(from, to)),
    readRows: async (indices) => narrow(await source.readRows(indices)),
  };
}

/** @param rows float32 [rowCount * dimension] */
export function memorySource(rows: Float32Array, dimension: number): EmbeddingSource {
  const range = async (from: number, to: number) => rows.slice(from * dimension, to * dimension);
  return {
    dimension,
    rowCount: rows.length / dimension,
    readRange: range,
    readRows: (indices) => readRows(indices, dimension, (row) => range(row, row + 1)),
  };
}
