/** What float32 may have added to a lower bound of a squared distance, or to the distance itself. */
import type { Value } from '../../tensor/graph.ts';
import { add, div, maximum, mul, sqrt, square } from '../../tensor/ops/elementwise.ts';

/** Unit roundoff of float32. */
const U = 2 ** -24;

/**
 * Of |x|^2 + |b|^2 - 2 x_q b_q - 2 r_x r_b, for every row b of the bank at once. A sum of n products
 * errs by n u times their magnitudes at most; of D of them, by D u / 8, as all runtimes sum a row in
 * eight lanes or more.
 * - The terms: (q + 6 + D / 8) u (|x| + |b|)^2: those of the bound, |x|^2 and its sum, and the
 *   difference from it of the square that the bound is held against, which is at most as large.
 * - The coordinates x_q are off by a vector of at most 64 u |x| (rounding is a walk: a sixteenth of
 *   that is usual), times 2 |b|: less than 64 u (|x| + |b|)^2.
 * - The square of the rest is a difference of two sums, and coordinates are off by 64 u |x|: e = (D / 4
 *   + 128) u |x|^2 together, so r_x is off by min(e / r_x, sqrt(e)), times 2 r_b.
 * @param squares |x|^2, float32 [n, 1]
 * @param rest r_x, float32 [n, 1]
 */
export function roundingMargin(
  squares: Value,
  rest: Value,
  bank: {
    readonly dimension: number;
    readonly coordinates: number;
    readonly largestNorm: number;
    readonly largestRest: number;
  },
): Value {
  const { dimension, coordinates, largestNorm, largestRest } = bank;
  const products = ofMagnitudes(squares, largestNorm, coordinates + 6 + dimension / 8 + 64);
  const error = mul(squares, (dimension / 4 + 128) * U);
  // A patch at the bank's mean has neither: 0 / 0 would prove anything.
  const divisor = maximum(maximum(rest, sqrt(error)), 1e-30);
  return add(products, mul(div(error, divisor), 2 * largestRest));
}

/**
 * Of |x|^2 + |b|^2 - 2 x b, for every row b of the bank at once: D products, |x|^2, |b|^2, their sums,
 * and the difference from the square that it is held against.
 * @param squares |x|^2, float32 [n, 1]
 */
export const productMargin = (squares: Value, dimension: number, largestNorm: number): Value =>
  ofMagnitudes(squares, largestNorm, dimension / 4 + 6);

/** `terms` u (|x| + |b|)^2 */
const ofMagnitudes = (squares: Value, largestNorm: number, terms: number) =>
  mul(square(add(sqrt(squares), largestNorm)), terms * U);
