import { midranks } from './midranks.ts';
import { normalCdf } from './normal.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

export interface WilcoxonSignedRank extends TestOutcome {
  /** Pairs that differ: the others take no part. */
  readonly pairs: number;
  /** How the p-value was found; null where there is none. */
  readonly method: 'exact' | 'normal' | null;
}

/** Up to so many differing pairs the distribution is counted. */
const COUNTED_PAIRS = 50;

/**
 * Wilcoxon's signed-rank test (1945) of whether paired differences lie symmetrically about 0.
 * Pairs that do not differ are left out, ties share their mean rank. Exact, given the ranks, for
 * up to 50 pairs; else the normal approximation corrected for ties: `scipy.stats.wilcoxon` with
 * `zero_method="wilcox"` and `correction=False`.
 * @param differences first less second, one for each pair
 * @returns statistic: the smaller of the rank sums of positive and negative differences
 */
export function wilcoxonSignedRank(differences: readonly number[]): WilcoxonSignedRank {
  const differing = differences.filter((value) => value !== 0);
  const n = differing.length;
  if (n === 0) {
    const reason = differences.length === 0 ? 'there are no pairs' : 'no pair differs';
    return { ...untestable(reason), pairs: 0, method: null };
  }
  const sizes = differing.map(Math.abs);
  const ranks = midranks(sizes);
  let positive = 0;
  for (let i = 0; i < n; i++) if (differing[i]! > 0) positive += ranks[i]!;
  const statistic = Math.min(positive, (n * (n + 1)) / 2 - positive);
  const exact = n <= COUNTED_PAIRS;
  const pValue = exact ? exactTails(statistic, ranks) : normalTails(statistic, sizes);
  return { statistic, pValue, reason: null, pairs: n, method: exact ? 'exact' : 'normal' };
}

/** Twice the share of sign patterns whose positive ranks sum to at most this. */
function exactTails(sum: number, ranks: Float64Array): number {
  // Doubled, so that shared ranks are whole.
  const n = ranks.length;
  const ways = new Float64Array(n * (n + 1) + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    for (let total = ways.length - 1; total >= 2 * rank; total--) {
      ways[total]! += ways[total - 2 * rank]!;
    }
  }
  let below = 0;
  for (let total = 0; total <= 2 * sum; total++) below += ways[total]!;
  return Math.min(1, (2 * below) / 2 ** n);
}

function normalTails(sum: number, sizes: readonly number[]): number {
  const n = sizes.length;
  const mean = (n * (n + 1)) / 4;
  const correction = tieSizes(sizes).reduce((total, tie) => total + tie ** 3 - tie, 0) / 2;
  const variance = (n * (n + 1) * (2 * n + 1) - correction) / 24;
  return Math.min(1, 2 * normalCdf((sum - mean) / Math.sqrt(variance)));
}

/** How many values share each value that more than one has. */
function tieSizes(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}
