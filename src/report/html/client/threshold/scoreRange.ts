/** Where scores lie, and how many of them lie where. */

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A twentieth wider than the values on both sides; never empty. */
export function scoreRange(values: readonly number[]): Range {
  if (values.length === 0) return { low: 0, high: 1 };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = high > low ? (high - low) / 20 : Math.max(Math.abs(high) / 20, 0.5);
  return { low: low - margin, high: high + margin };
}

/** @returns counts of equally wide bins; the range's upper end belongs to the last */
export function countBins(values: readonly number[], range: Range, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const share = (value - range.low) / (range.high - range.low);
    if (share < 0 || share > 1) continue;
    const bin = Math.min(bins - 1, Math.floor(share * bins));
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/** About five round values within the range. */
export function axisTicks({ low, high }: Range, about = 5): readonly number[] {
  const raw = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw)!;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Products, not sums: no digits of rounding in the labels.
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Five significant digits. */
export const scoreText = (score: number): string =>
  String(Number(score.toPrecision(5))).replace('-', '\u2212');
