import { binomialTail } from './binomialTail.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

/**
 * McNemar's test (1947) in its exact form: of the pairs that two methods judge differently, each
 * would be right half of the time if neither were better.
 * @param first pairs that only the first judges rightly
 * @param second pairs that only the second does
 * @returns statistic: the difference of the two
 */
export function exactMcnemar(first: number, second: number): TestOutcome {
  const differing = first + second;
  if (differing === 0) return untestable('both judge every image alike');
  const tail = binomialTail(Math.max(first, second), differing, 0.5);
  return { statistic: first - second, pValue: Math.min(1, 2 * tail), reason: null };
}
