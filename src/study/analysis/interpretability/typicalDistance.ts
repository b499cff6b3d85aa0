/** How a distance compares with the largest ones of normal images. */
import type { Explanation } from '../../../result/analysis/interpretability.ts';

/**
 * @param largest patch distance of each normal validation image
 * @returns null where there are none
 */
export function typicalDistance(
  distance: number,
  largest: readonly number[],
): Explanation['typical'] {
  if (largest.length === 0) return null;
  const sorted = [...largest].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return {
    images: sorted.length,
    below: sorted.filter((value) => value < distance).length / sorted.length,
    timesMedian: ratio(distance, median),
    timesLargest: ratio(distance, sorted.at(-1)!),
  };
}

const ratio = (value: number, to: number): number | null => (to > 0 ? value / to : null);
