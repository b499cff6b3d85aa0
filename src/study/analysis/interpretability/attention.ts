/** Which parts of the embedding the distances over an image come from. */
import type { Explanation } from '../../../result/analysis/interpretability.ts';
import type { EmbeddingParts } from './embeddingParts.ts';

/** Finer grids are drawn in square cells. */
const FINEST = 28;

/**
 * Sums of an image's terms by part.
 * @param terms float64 [patches * dimension]
 * @returns float64 [patches * parts]
 */
export function sumByPart(terms: Float64Array, { parts, partOf }: EmbeddingParts): Float64Array {
  const dimension = partOf.length;
  const count = parts.length;
  const sums = new Float64Array((terms.length / dimension) * count);
  for (let patch = 0; patch * dimension < terms.length; patch++) {
    for (let i = 0; i < dimension; i++) {
      sums[patch * count + partOf[i]!]! += terms[patch * dimension + i]!;
    }
  }
  return sums;
}

/** @param sums float64 [rows * columns * parts] */
export function attentionMap(
  sums: Float64Array,
  parts: number,
  [rows, columns]: readonly [number, number],
): Explanation['attention'] {
  const size = Math.ceil(Math.max(rows, columns) / FINEST);
  const down = Math.ceil(rows / size);
  const across = Math.ceil(columns / size);
  const cells = new Float64Array(down * across * parts);
  const largest = new Float64Array(down * across);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const patch = row * columns + column;
      const cell = Math.floor(row / size) * across + Math.floor(column / size);
      const own = sums.subarray(patch * parts, (patch + 1) * parts);
      for (const [part, sum] of own.entries()) cells[cell * parts + part]! += sum;
      largest[cell] = Math.max(largest[cell]!, total(own));
    }
  }
  return {
    rows: down,
    columns: across,
    distance: Array.from(largest, (square) => Number(Math.sqrt(square).toPrecision(3))),
    parts: Array.from({ length: parts }, (_, part) =>
      Array.from({ length: down * across }, (_, cell) => {
        const own = cells.subarray(cell * parts, (cell + 1) * parts);
        // Adding 0 makes -0, which JSON does not keep, a 0.
        return Math.round(100 * shareOf(own[part]!, total(own))) + 0;
      }),
    ),
  };
}

/** The largest shares of single channels in one patch's distance, largest first. */
export function topChannels(
  terms: Float64Array,
  { partOf, channelOf }: EmbeddingParts,
  count: number,
): Explanation['channels'] {
  const sum = total(terms);
  return [...terms.keys()]
    .sort((a, b) => terms[b]! - terms[a]! || a - b)
    .slice(0, count)
    .map((i) => ({
      part: partOf[i]!,
      channel: channelOf[i]!,
      share: rounded(shareOf(terms[i]!, sum)),
    }));
}

/** Of one patch, by part. @param sums float64 [parts] */
export const partShares = (sums: Float64Array): number[] =>
  Array.from(sums, (sum) => rounded(shareOf(sum, total(sums))));

/** A patch at no distance has no shares: 0. */
const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

const rounded = (share: number): number => Math.round(share * 1e4) / 1e4 + 0;

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
