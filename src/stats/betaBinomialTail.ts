import { logBeta, logChoose } from './logGamma.ts';

/**
 * The probability of at least `count` successes among n trials whose common probability is itself
 * drawn from Beta(a, b).
 * @param count an integer; up to 0 the answer is 1, above n it is 0
 * @param n an integer, at least 0
 * @param a above 0
 * @param b above 0
 */
export function betaBinomialTail(count: number, n: number, a: number, b: number): number {
  if (count <= 0) return 1;
  let sum = 0;
  for (let x = count; x <= n; x++) {
    sum += Math.exp(logChoose(n, x) + logBeta(x + a, n - x + b) - logBeta(a, b));
  }
  return Math.min(1, sum);
}
