import { logGamma } from './logGamma.ts';

/**
 * The mean of paired differences in units of their own standard deviation (Cohen's d_z), corrected
 * for its bias in small samples (Hedges 1981).
 * @param differences first less second, one for each pair
 * @returns null for fewer than three pairs, or differences without spread
 */
export function hedgesG(differences: readonly number[]): number | null {
  const n = differences.length;
  if (n < 3 || differences.every((value) => value === differences[0])) return null;
  const df = n - 1;
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const unbiased = Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
  return (unbiased * mean) / Math.sqrt(squares / df);
}
