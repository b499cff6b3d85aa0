/** Counts of scores in bins of equal width. */

export interface ScoreBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bins over a range; each holds its lower end, the last its upper end as well. */
export function binScores(
  scores: readonly number[],
  { low, high }: { readonly low: number; readonly high: number },
  bins: number,
): ScoreBin[] {
  // All scores equal: one bin around them.
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const width = (to - from) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const score of scores) {
    const at = Math.min(bins - 1, Math.max(0, Math.floor((score - from) / width)));
    counts[at]! += 1;
  }
  return counts.map((count, at) => ({
    from: from + at * width,
    to: at === bins - 1 ? to : from + (at + 1) * width,
    count,
  }));
}
