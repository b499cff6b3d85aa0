/** The exact interval of a proportion (Clopper and Pearson 1934). */
import { betaQuantile } from './betaQuantile.ts';
import type { Interval } from './interval.ts';

/**
 * @param successes 0 to trials; need not be whole where it is the mean of several counts
 * @param trials at least 1
 */
export function clopperPearson(successes: number, trials: number, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  const failures = trials - successes;
  return {
    low: successes <= 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures <= 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
    confidence,
    method: 'clopper-pearson',
  };
}
