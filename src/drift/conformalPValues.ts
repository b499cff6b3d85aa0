/**
 * Randomised conformal p-values of a stream of numbers: where each new number ranks among all
 * before it. While they are exchangeable, the p-values are independent and uniform (Vovk,
 * Nouretdinov and Gammerman, "Testing exchangeability on-line", ICML 2003, theorem 1).
 */
import { internalError } from '../core/error.ts';

export interface ConformalPValues {
  /**
   * (numbers below + uniform x numbers equal) / all numbers, the new one among the equal and among
   * all: near 0 where it is the smallest so far, near 1 where it is the largest.
   * @param uniform in [0, 1), drawn anew for each number
   */
  next(value: number, uniform: number): number;
}

/** @param before what the first number is ranked among, in any order */
export function conformalPValues(before: readonly number[]): ConformalPValues {
  requireFinite(before);
  const sorted = Float64Array.from(before).sort();
  let values = new Float64Array(2 * sorted.length + 64);
  values.set(sorted);
  let count = sorted.length;

  /** How many are less than the value, or not more than it. */
  function countBelow(value: number, orEqual: boolean): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = values[middle]!;
      if (other < value || (orEqual && other === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    next(value, uniform) {
      requireFinite([value]);
      const below = countBelow(value, false);
      const equal = countBelow(value, true) - below + 1;
      if (count === values.length) {
        const larger = new Float64Array(2 * count);
        larger.set(values);
        values = larger;
      }
      values.copyWithin(below + 1, below, count);
      values[below] = value;
      count++;
      return (below + uniform * equal) / count;
    },
  };
}

function requireFinite(values: readonly number[]): void {
  if (values.every(Number.isFinite)) return;
  throw internalError({
    what: 'a number that is not finite has no rank',
    expected: 'finite numbers',
    found: String(values.filter((value) => !Number.isFinite(value))),
  });
}
