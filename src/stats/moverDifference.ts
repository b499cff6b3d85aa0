import type { Interval } from './interval.ts';

/** A number and an interval that holds it. */
export interface Bounded {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * The interval of first less second from an interval of each (Zou and Donner, Statistics in
 * Medicine 27, 2008, eq. 4 and 5). It keeps the shape of either, so that it stays honest near the
 * end of a scale, where the bootstrap does not.
 * @param correlation of the two estimates, in [-1, 1]; for paired ones 0 is the safe choice
 */
export function moverDifference(first: Bounded, second: Bounded, correlation: number): Interval {
  const value = first.value - second.value;
  const reach = (own: number, other: number) =>
    Math.sqrt(Math.max(0, own ** 2 + other ** 2 - 2 * correlation * own * other));
  const { low, high, confidence } = first.interval;
  return {
    low: value - reach(first.value - low, second.interval.high - second.value),
    high: value + reach(high - first.value, second.value - second.interval.low),
    confidence,
    method: 'mover',
  };
}
