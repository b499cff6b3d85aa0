/** The points with the largest distances; among equal ones those with the lowest index. */

export interface FarthestBlock {
  /** Ascending, so that the first of equal distances has the lowest index. */
  readonly indices: Int32Array;
  /** The largest distance that is not in the block; -Infinity when all are. */
  readonly largestOutside: number;
}

/** @param distances at least 0, or negative for points that cannot be chosen any more */
export function farthestBlock(distances: Float32Array, size: number): FarthestBlock {
  const limit = kthLargest(distances, size);
  let room = size;
  for (const distance of distances) if (distance > limit) room--;
  const indices: number[] = [];
  let largestOutside = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i]!;
    const inside = distance > limit || (distance === limit && room-- > 0);
    if (inside) indices.push(i);
    else if (distance > largestOutside) largestOutside = distance;
  }
  return { indices: Int32Array.from(indices), largestOutside };
}

/** Quickselect (Hoare) on a copy; the smallest value when there are fewer than k. */
function kthLargest(values: Float32Array, k: number): number {
  const copy = values.slice();
  const target = Math.max(0, copy.length - k);
  let low = 0;
  let high = copy.length - 1;
  while (low < high) {
    const pivot = copy[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (copy[i]! < pivot) i++;
      while (copy[j]! > pivot) j--;
      if (i <= j) {
        const swapped = copy[i]!;
        copy[i++] = copy[j]!;
        copy[j--] = swapped;
      }
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else break;
  }
  return copy[target]!;
}
