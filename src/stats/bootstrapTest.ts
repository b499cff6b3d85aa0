import { type TestOutcome, untestable } from './testOutcome.ts';

/**
 * Whether a difference is 0, from its paired bootstrap replicates: twice the share that lies on
 * the other side of 0, or on it, the observed one counted among them (Davison and Hinkley 1997,
 * 4.4 and 5.5).
 * @param difference from all data
 * @param replicates of it on resampled data; those that are not finite are left out
 * @returns statistic: the difference
 */
export function bootstrapTest(difference: number, replicates: ArrayLike<number>): TestOutcome {
  const finite = Array.from(replicates).filter(Number.isFinite);
  if (finite.length === 0 || !Number.isFinite(difference)) {
    return untestable('the difference is not computable');
  }
  if (finite.every((value) => value === 0)) return untestable('no resample differs');
  const atMost = finite.filter((value) => value <= 0).length;
  const atLeast = finite.filter((value) => value >= 0).length;
  const share = (Math.min(atMost, atLeast) + 1) / (finite.length + 1);
  return { statistic: difference, pValue: Math.min(1, 2 * share), reason: null };
}
