import { internalError } from '../core/error.ts';
import { incompleteBeta } from './incompleteBeta.ts';

/**
 * The probability of at least k successes among n independent trials.
 * @param k an integer; up to 0 the answer is 1, above n it is 0
 * @param n an integer, at least 0
 * @param probability of one success, in [0, 1]
 * @throws FlawmapError (internal) outside these ranges
 */
export function binomialTail(k: number, n: number, probability: number): number {
  if (!Number.isInteger(k) || !Number.isInteger(n) || n < 0) {
    throw internalError({
      what: 'binomialTail was called outside its domain',
      expected: 'integers k and n, n >= 0',
      found: `k = ${k}, n = ${n}`,
    });
  }
  if (k <= 0) return 1;
  if (k > n) return 0;
  // P(Bin(n, p) >= k) = I_p(k, n - k + 1), DLMF 8.17.5.
  return incompleteBeta(probability, k, n - k + 1);
}
