import type { Random } from '../core/random.ts';

/**
 * Which of some pairs to swap: every pattern once where there are no more than asked for, else as
 * many random ones.
 * @param visit called with a reused array: 1 swap, 0 leave
 * @returns how many patterns were visited, and whether they were all there are
 */
export function visitSignPatterns(
  pairs: number,
  most: number,
  random: Random,
  visit: (swapped: Uint8Array) => void,
): { readonly patterns: number; readonly all: boolean } {
  const swapped = new Uint8Array(pairs);
  const all = 2 ** pairs <= most;
  const patterns = all ? 2 ** pairs : most;
  for (let pattern = 0; pattern < patterns; pattern++) {
    for (let pair = 0; pair < pairs; pair++) {
      swapped[pair] = all ? (pattern >> pair) & 1 : random.integer(2);
    }
    visit(swapped);
  }
  return { patterns, all };
}

/** The share of patterns that reach as far; random ones count the observed one among them. */
export const patternShare = (
  reached: number,
  { patterns, all }: { readonly patterns: number; readonly all: boolean },
): number => (all ? reached / patterns : (reached + 1) / (patterns + 1));
