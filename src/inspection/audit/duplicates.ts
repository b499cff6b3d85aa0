/** Images that show the same thing twice. */

import { median } from '../../stats/robust.ts';
import { product } from '../../tensor/product.ts';
import type { DuplicateGroup } from './auditReport.ts';

/** Near duplicates are closer than this share of the usual distance to the most similar image. */
export const NEAR = 0.4;

/**
 * Compares images patch by patch, each with the patch at the same place.
 * @param points patches image by image, float32
 * @param pixelHashes equal for images equal in every pixel
 */
export async function findDuplicateImages(
  ids: readonly string[],
  pixelHashes: readonly string[],
  points: Float32Array,
): Promise<DuplicateGroup[]> {
  const distances = await distancesBetween(points, ids.length);
  const nearest = ids.map((_, i) => Math.min(...distances[i]!.filter((_, j) => j !== i)));
  const limit = NEAR * median(nearest.filter((distance) => distance > 0));
  const same = (i: number, j: number) => pixelHashes[i] === pixelHashes[j];
  const near = (i: number, j: number) => same(i, j) || distances[i]![j]! < limit;
  return groups(ids.length, near).map((members) => ({
    kind: members.every((i) => same(i, members[0]!)) ? 'identical' : 'near',
    ids: members.map((i) => ids[i]!),
  }));
}

async function distancesBetween(points: Float32Array, imageCount: number): Promise<number[][]> {
  const size = points.length / imageCount;
  const columns = new Float32Array(points.length);
  for (let i = 0; i < points.length; i++) {
    columns[(i % size) * imageCount + Math.floor(i / size)] = points[i]!;
  }
  const products = await product(points, columns, size);
  const at = (i: number, j: number) => products[i * imageCount + j]!;
  return Array.from({ length: imageCount }, (_, i) =>
    Array.from({ length: imageCount }, (_, j) =>
      Math.sqrt(Math.max(0, at(i, i) + at(j, j) - 2 * at(i, j))),
    ),
  );
}

/** Connected groups of two or more. */
function groups(count: number, linked: (i: number, j: number) => boolean): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  for (let start = 0; start < count; start++) {
    if (seen.has(start)) continue;
    const members = [start];
    seen.add(start);
    for (const member of members) {
      for (let other = 0; other < count; other++) {
        if (seen.has(other) || !linked(member, other)) continue;
        seen.add(other);
        members.push(other);
      }
    }
    if (members.length > 1) found.push(members.sort((a, b) => a - b));
  }
  return found;
}
