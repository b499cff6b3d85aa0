import { inputError } from '../core/error.ts';
import { quantile } from '../stats/percentileInterval.ts';

/**
 * The quantile of normal scores that the rate leaves above it, interpolated linearly as
 * numpy.quantile does. Customary, and promises nothing: on average over calibration sets of n
 * images more than `fpr` of new normal images lie above it, by about 1 / n at small rates.
 * @param normalScores one for each held-out normal image
 * @param fpr the share to leave above, in (0, 1)
 * @throws FlawmapError (input) without scores or for one that is not finite
 */
export function quantileThreshold(normalScores: ArrayLike<number>, fpr: number): number {
  const sorted = Float64Array.from(normalScores).sort();
  const unusable = sorted.find((score) => !Number.isFinite(score));
  if (sorted.length === 0 || unusable !== undefined) {
    throw inputError({
      what: 'there is no quantile of these normal scores',
      expected: 'at least one score, all of them finite',
      found: sorted.length === 0 ? 'none' : String(unusable),
      remedy: 'check the held-out images and the backbone that scored them',
    });
  }
  return quantile(sorted, 1 - fpr);
}
