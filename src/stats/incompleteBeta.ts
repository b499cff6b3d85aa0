import { internalError } from '../core/error.ts';
import { logBeta } from './logGamma.ts';

const MAX_TERMS = 100_000;
const TINY = 1e-300;

/**
 * The regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable
 * is at most x.
 * @param x in [0, 1]
 * @param a above 0
 * @param b above 0
 * @throws FlawmapError (internal) outside these ranges
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0 && Number.isFinite(a + b))) {
    throw internalError({
      what: 'incompleteBeta was called outside its domain',
      expected: '0 <= x <= 1, a > 0, b > 0',
      found: `x = ${x}, a = ${a}, b = ${b}`,
    });
  }
  if (x === 0 || x === 1) return x;
  // The continued fraction converges fast below the mean; above it, the mirrored one does.
  const mirrored = x > (a + 1) / (a + b + 2);
  return mirrored ? 1 - lowerTail(1 - x, b, a) : lowerTail(x, a, b);
}

function lowerTail(x: number, a: number, b: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return front / continuedFraction(x, a, b);
}

/** DLMF 8.17.22, evaluated by the modified Lentz method. */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1;
  let c = 1;
  let d = 0;
  for (let term = 1; term <= MAX_TERMS; term++) {
    const m = term >> 1;
    const coefficient =
      term % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + coefficient * d);
    c = nonZero(1 + coefficient / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) return value;
  }
  throw internalError({ what: `incompleteBeta(${x}, ${a}, ${b}) did not converge` });
}

const nonZero = (value: number) => (Math.abs(value) < TINY ? TINY : value);
