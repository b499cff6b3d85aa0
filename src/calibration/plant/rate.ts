/** How often a threshold flags, with what is known of it. */
import { betaQuantile } from '../../stats/betaQuantile.ts';
import { clopperPearson } from '../../stats/clopperPearson.ts';
import type { Interval } from '../../stats/interval.ts';

export interface Rate {
  readonly value: number;
  /** The images it was counted on; null where it follows from the threshold's rank. */
  readonly counted: { readonly count: number; readonly total: number } | null;
  /** Null for a rate that is certain. */
  readonly interval: Interval | null;
}

/** @param total at least 1 */
export const countedRate = (count: number, total: number, confidence: number): Rate => ({
  value: count / total,
  counted: { count, total },
  interval: clopperPearson(count, total, confidence),
});

/**
 * The false positive rate of the k-th smallest of n normal scores, before any other image is seen:
 * it is distributed as Beta(n + 1 - k, k), whatever the scores' own distribution (Vovk 2012).
 */
export function promisedRate(
  { n, k }: { readonly n: number; readonly k: number },
  confidence: number,
): Rate {
  const tail = (1 - confidence) / 2;
  return {
    value: (n + 1 - k) / (n + 1),
    counted: null,
    interval: {
      low: betaQuantile(tail, n + 1 - k, k),
      high: betaQuantile(1 - tail, n + 1 - k, k),
      confidence,
      method: 'conformal',
    },
  };
}

export const certainRate = (value: number): Rate => ({ value, counted: null, interval: null });
