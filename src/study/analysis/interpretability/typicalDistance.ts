/** How a distance compares with the largest ones of normal images. */
import type { Explanation } from '../../../result/analysis/interpretability.ts';
import { median } from '../../../stats/robust.ts';

/**
 * @param largest patch distance of each normal validation image
 * @returns null where there are none
 */
export function typicalDistance(
  distance: number,
  largest: readonly number[],
): Explanation['typical'] {
  if (largest.length === 0) return null;
  return {
    images: largest.length,
    below: largest.filter((value) => value < distance).length / largest.length,
    timesMedian: ratio(distance, median(largest)),
    timesLargest: ratio(distance, Math.max(...largest)),
  };
}

const ratio = (value: number, to: number): number | null => (to > 0 ? value / to : null);
