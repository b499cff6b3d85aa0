import { internalError } from '../core/error.ts';
import { logChoose } from './logGamma.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

/** Counts of two groups (rows) with and without a trait (columns). */
export type TwoByTwo = readonly [
  readonly [present: number, absent: number],
  readonly [present: number, absent: number],
];

/** Tables whose probabilities differ by no more, relative to their size, are equally likely. */
const ROUNDING = 1e-7;

/**
 * Fisher's exact test (1935) of whether two groups have a trait equally often, two-sided: the
 * probability, given all row and column sums, of a table that is at most as likely as this one.
 * @param table whole numbers, at least 0
 * @returns statistic: the odds ratio of the table; null with a p-value where it is infinite. No
 * test where a group is empty or where all or none have the trait
 * @throws FlawmapError (internal) for other counts
 */
export function fisherExact([[a, b], [c, d]]: TwoByTwo): TestOutcome {
  if (![a, b, c, d].every((count) => Number.isInteger(count) && count >= 0)) {
    throw internalError({
      what: 'fisherExact was called outside its domain',
      expected: 'four whole numbers, at least 0',
      found: [a, b, c, d].join(', '),
    });
  }
  const first = a + b;
  const second = c + d;
  const present = a + c;
  if (first === 0 || second === 0) return untestable('one of the groups is empty');
  if (present === 0) return untestable('neither group has a case');
  if (b + d === 0) return untestable('both groups have nothing but cases');
  const logProbability = (x: number) =>
    logChoose(first, x) + logChoose(second, present - x) - logChoose(first + second, present);
  const observed = logProbability(a) + Math.log1p(ROUNDING);
  let pValue = 0;
  for (let x = Math.max(0, present - second); x <= Math.min(first, present); x++) {
    const own = logProbability(x);
    if (own <= observed) pValue += Math.exp(own);
  }
  const statistic = b * c === 0 ? null : (a * d) / (b * c);
  return { statistic, pValue: Math.min(pValue, 1), reason: null };
}
