import { normalCdf, normalQuantile } from './normal.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

/** Where Royston's approximation was fitted. */
const LARGEST = 5000;

/**
 * The Shapiro-Wilk test of whether values are normally distributed, by Royston's algorithm AS R94
 * (Applied Statistics 44, 1995, 547-551).
 * @returns statistic: W, in (0, 1]; small for values that are not normal
 */
export function shapiroWilk(values: readonly number[]): TestOutcome {
  const n = values.length;
  if (n < 3) return untestable('it takes three values to see a shape');
  if (n > LARGEST) return untestable(`more than ${LARGEST} values`);
  const sorted = Float64Array.from(values).sort();
  if (sorted[0] === sorted[n - 1]) return untestable('all values are equal');
  const weights = coefficients(n);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    squares += (sorted[i]! - mean) ** 2;
    product += weights[i]! * (sorted[i]! - mean);
  }
  const statistic = Math.min(1, product ** 2 / squares);
  return { statistic, pValue: tail(statistic, n), reason: null };
}

/** Of the ordered values, antisymmetric, of length 1: Royston's polynomials for the outer ones. */
function coefficients(n: number): Float64Array {
  const half = n >> 1;
  const weights = new Float64Array(n);
  const set = (place: number, weight: number) => {
    weights[n - 1 - place] = weight;
    weights[place] = -weight;
  };
  if (n === 3) {
    set(0, Math.SQRT1_2);
    return weights;
  }
  // Expected normal order statistics, the largest first (Blom 1958).
  const scores = Array.from({ length: half }, (_, i) => -normalQuantile((i + 0.625) / (n + 0.25)));
  const total = 2 * scores.reduce((sum, score) => sum + score * score, 0);
  const x = 1 / Math.sqrt(n);
  const outer = [
    polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], x),
    polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], x),
  ]
    .slice(0, n > 5 ? 2 : 1)
    .map((change, i) => change + scores[i]! / Math.sqrt(total));
  const taken = (list: readonly number[]) =>
    2 * list.slice(0, outer.length).reduce((sum, value) => sum + value * value, 0);
  const scale = Math.sqrt((total - taken(scores)) / (1 - taken(outer)));
  for (const [i, score] of scores.entries()) set(i, outer[i] ?? score / scale);
  return weights;
}

/** The probability of a smaller W from normal values. */
function tail(statistic: number, n: number): number {
  if (n === 3) {
    const p = (6 / Math.PI) * (Math.asin(Math.sqrt(statistic)) - Math.asin(Math.sqrt(0.75)));
    return Math.max(0, p);
  }
  const logLack = Math.log(1 - statistic);
  if (n <= 11) {
    const limit = -2.273 + 0.459 * n;
    if (logLack >= limit) return 0;
    const mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
    const deviation = Math.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n));
    return normalCdf((mean + Math.log(limit - logLack)) / deviation);
  }
  const x = Math.log(n);
  const mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], x);
  const deviation = Math.exp(polynomial([-0.4803, -0.082676, 0.0030302], x));
  return normalCdf((mean - logLack) / deviation);
}

/** @param coefficients the constant first */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
