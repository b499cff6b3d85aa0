/** How well groups of points keep apart. */
import { type Distances, distancesFrom } from './distances.ts';

/**
 * The mean over points of (b - a) / max(a, b): a, the mean distance to the others of its group;
 * b, that to the nearest other group. 1: groups far apart; 0: they overlap; below: points lie
 * nearer to another group than to their own. A point that is alone in its group counts 0.
 *
 * Source: Rousseeuw, "Silhouettes" (1987).
 *
 * @param groups of each point, from 0; points of group -1 are left out
 * @returns undefined with fewer than two groups, or where every point is alone in its own
 */
export function silhouette(distances: Distances, groups: readonly number[]): number | undefined {
  const sizes: number[] = [];
  for (const group of groups) if (group >= 0) sizes[group] = (sizes[group] ?? 0) + 1;
  const present = Array.from(sizes, (size) => size ?? 0);
  const members = present.reduce((sum, size) => sum + size, 0);
  const many = present.filter((size) => size > 0).length;
  if (many < 2 || many === members) return undefined;
  let total = 0;
  for (const [point, group] of groups.entries()) {
    if (group < 0 || present[group] === 1) continue;
    const sums = new Float64Array(present.length);
    const own = distancesFrom(distances, point);
    for (const [other, theirs] of groups.entries()) if (theirs >= 0) sums[theirs]! += own[other]!;
    const within = sums[group]! / (present[group]! - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (const [other, size] of present.entries()) {
      if (other !== group && size > 0) nearest = Math.min(nearest, sums[other]! / size);
    }
    const scale = Math.max(within, nearest);
    if (scale > 0) total += (nearest - within) / scale;
  }
  return total / members;
}
