/** The interval of a sum of independent estimates, from an interval of each. */
import type { Interval } from './interval.ts';

export interface MoverTerm {
  /** At least 0. */
  readonly weight: number;
  readonly value: number;
  /** Holds the value; of the same confidence for all terms. */
  readonly interval: Interval;
}

/**
 * Of the sum of weight x value: distances to the limits add up as standard errors do ("method of
 * variance estimates recovery", Zou and Donner, Statistics in Medicine 27, 2008, 1693-1702, eq. 3).
 * With exact intervals of proportions it covers more often than its confidence says.
 * @param terms not empty
 */
export function moverInterval(terms: readonly MoverTerm[]): Interval {
  const sum = terms.reduce((total, { weight, value }) => total + weight * value, 0);
  const reach = (limit: (interval: Interval) => number) =>
    Math.hypot(...terms.map(({ weight, value, interval }) => weight * (value - limit(interval))));
  return {
    low: sum - reach(({ low }) => low),
    high: sum + reach(({ high }) => high),
    confidence: terms[0]!.interval.confidence,
    method: 'mover',
  };
}
