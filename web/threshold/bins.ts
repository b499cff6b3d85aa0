/** Scores as bars over an axis. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** From the lowest to the highest value, with a little room; never empty. */
export function rangeOf(values: readonly number[]): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) return { low: 0, high: 1 };
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return { low: low - room, high: high + room };
}

/** How many fall in each of equal bins; what lies outside counts in the nearest. */
export function countBins(values: readonly number[], { low, high }: Range, bins: number): number[] {
  const counts = Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    counts[Math.min(Math.max(bin, 0), bins - 1)]! += 1;
  }
  return counts;
}

/** Round values of the axis, about as many as wanted. */
export function ticksOf({ low, high }: Range, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough)!;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step); tick * step <= high; tick++) {
    ticks.push(Number((tick * step).toPrecision(12)));
  }
  return ticks;
}
