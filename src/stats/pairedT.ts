import type { Interval } from './interval.ts';
import { studentTBound, studentTTails } from './studentT.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

export interface PairedT extends TestOutcome {
  /** Of the differences; null without pairs. */
  readonly mean: number | null;
  /** Of their mean, in the population the pairs are drawn from; null where there is no test. */
  readonly interval: Interval | null;
}

/**
 * Student's t test of whether paired differences have mean 0. It takes for granted that pairs are
 * independent and differences normally distributed (`shapiroWilk`).
 * @param differences first less second, one for each pair
 * @returns statistic: t, with one degree of freedom less than there are pairs
 */
export function pairedT(differences: readonly number[], confidence = 0.95): PairedT {
  const n = differences.length;
  if (n === 0) return { ...untestable('there are no pairs'), mean: null, interval: null };
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const without = (reason: string) => ({ ...untestable(reason), mean, interval: null });
  if (n < 2) return without('a single pair has no spread');
  if (differences.every((value) => value === differences[0])) {
    return without(
      differences[0] === 0 ? 'no pair differs' : 'all pairs differ by the same, without spread',
    );
  }
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n);
  const t = mean / error;
  const reach = studentTBound(confidence, n - 1) * error;
  return {
    statistic: t,
    pValue: studentTTails(t, n - 1),
    reason: null,
    mean,
    interval: { low: mean - reach, high: mean + reach, confidence, method: 'student-t' },
  };
}
