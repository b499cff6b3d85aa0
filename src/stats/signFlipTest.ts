import type { Random } from '../core/random.ts';
import { patternShare, visitSignPatterns } from './signPatterns.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

/** Sums in another order are equal up to this share. */
const ROUNDING = 1e-9;

/**
 * Whether two things measured on the same images have the same sum: each image's pair of values
 * is swapped or not, at random, which flips the sign of its difference (Fisher 1935).
 * @param differences what each image contributes to the difference of the two
 * @param permutations how many; all of them where there are no more
 * @returns statistic: the sum of the differences
 */
export function signFlipTest(
  differences: readonly number[],
  permutations: number,
  random: Random,
): TestOutcome {
  if (differences.length === 0) return untestable('there are no pairs');
  const differing = differences.filter((value) => value !== 0);
  if (differing.length === 0) return untestable('no pair differs');
  const observed = differing.reduce((sum, value) => sum + value, 0);
  const size = differing.reduce((sum, value) => sum + Math.abs(value), 0);
  let reached = 0;
  // Pairs that do not differ are the same either way.
  const visited = visitSignPatterns(differing.length, permutations, random, (swapped) => {
    let sum = 0;
    for (let i = 0; i < differing.length; i++) {
      sum += swapped[i] === 1 ? -differing[i]! : differing[i]!;
    }
    if (Math.abs(sum) >= Math.abs(observed) - ROUNDING * size) reached++;
  });
  return { statistic: observed, pValue: patternShare(reached, visited), reason: null };
}
