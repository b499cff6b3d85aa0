import { type TestOutcome, untestable } from './testOutcome.ts';

/** Up to so many values a sample the paths are counted, as scipy does. */
const COUNTED_VALUES = 10_000;

/**
 * The two-sample Kolmogorov-Smirnov test of whether two samples come from one continuous
 * distribution. With ties the p-value is an upper bound.
 * @returns statistic: the largest distance between the two empirical distribution functions
 */
export function twoSampleKs(first: ArrayLike<number>, second: ArrayLike<number>): TestOutcome {
  const m = first.length;
  const n = second.length;
  if (m === 0 || n === 0) return untestable('one of the samples is empty');
  const reach = largestStep(first, second);
  const statistic = reach / (m * n);
  const pValue =
    Math.max(m, n) <= COUNTED_VALUES
      ? exactTail(m, n, reach)
      : kolmogorovTail(statistic * Math.sqrt((m * n) / (m + n)));
  return { statistic, pValue, reason: null };
}

/** m n times the statistic: a whole number, so that nothing is rounded. */
function largestStep(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const a = Float64Array.from(first).sort();
  const b = Float64Array.from(second).sort();
  let largest = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i * b.length - j * a.length));
  }
  return largest;
}

/**
 * The probability that a random path of m steps right and n steps up somewhere strays so far from
 * the diagonal (Hodges 1958): the complement of the share of paths that stay closer, summed
 * column by column, so that the numbers stay probabilities.
 */
function exactTail(m: number, n: number, reach: number): number {
  if (reach === 0) return 1;
  // outside[j]: the probability that a path to (i, j) has strayed, among all paths there.
  const outside = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (Math.abs(i * n - j * m) >= reach) outside[j] = 1;
      else if (i === 0) outside[j] = j === 0 ? 0 : outside[j - 1]!;
      else if (j > 0) outside[j] = (i * outside[j]! + j * outside[j - 1]!) / (i + j);
    }
  }
  return Math.min(1, outside[n]!);
}

/** 2 * sum of (-1)^(k - 1) exp(-2 k^2 x^2): the limit for large samples (Kolmogorov 1933). */
function kolmogorovTail(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 40; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}
