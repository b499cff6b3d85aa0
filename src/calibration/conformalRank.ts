/**
 * Which of n ordered normal scores is the threshold, so that new normal images exceed it rarely
 * enough: split conformal prediction (Vovk et al. 2005; Vovk 2012 for the confident version).
 */
import { usageError } from '../core/error.ts';
import { binomialTail } from '../stats/binomialTail.ts';

/**
 * k = ceil((n + 1)(1 - fpr)): with the k-th smallest of n scores as threshold, a new normal image
 * exceeds it with probability at most `fpr`, on average over calibration sets.
 * @param n normal images, at least 0
 * @param fpr the false positive rate, in (0, 1)
 * @returns from 1 to n; null where n is too small, below `imagesNeeded(fpr)`
 * @throws FlawmapError (usage) for another fpr
 */
export function conformalRank(n: number, fpr: number): number | null {
  checkRate(fpr);
  // Counted from above, where (n + 1) fpr is a whole number for the rates people ask for.
  const above = Math.min(n, Math.floor(snapToWhole((n + 1) * fpr)));
  return above === 0 ? null : n + 1 - above;
}

/**
 * The smallest k with P(Bin(n, 1 - fpr) >= k) <= 1 - confidence: with the k-th smallest of n
 * scores as threshold, the false positive rate of this very calibration set is at most `fpr` with
 * that confidence.
 * @param n normal images, at least 0
 * @param fpr the false positive rate, in (0, 1)
 * @param confidence in (0, 1)
 * @returns from 1 to n; null where n is too small, below `imagesNeeded(fpr, confidence)`
 * @throws FlawmapError (usage) for another fpr or confidence
 */
export function confidentRank(n: number, fpr: number, confidence: number): number | null {
  checkRate(fpr);
  checkConfidence(confidence);
  if (n < imagesNeeded(fpr, confidence)) return null;
  let tooLow = 0;
  let enough = n;
  while (enough - tooLow > 1) {
    const middle = Math.floor((tooLow + enough) / 2);
    if (binomialTail(middle, n, 1 - fpr) <= 1 - confidence) enough = middle;
    else tooLow = middle;
  }
  return enough;
}

/**
 * How many normal images a promised false positive rate takes: 19 for 5%, 99 for 1% on average;
 * 59 and 299 with 95% confidence.
 * @param fpr in (0, 1)
 * @param confidence in (0, 1) for the version that holds for this very calibration set; without
 * it, the promise is the average over calibration sets
 * @throws FlawmapError (usage) for another fpr or confidence
 */
export function imagesNeeded(fpr: number, confidence?: number): number {
  checkRate(fpr);
  if (confidence === undefined) return imagesNeededBeside(0, fpr);
  checkConfidence(confidence);
  return Math.ceil(snapToWhole(Math.log1p(-confidence) / Math.log1p(-fpr)));
}

/**
 * How many normal images a promised false positive rate takes on average when so many of them count
 * as above any threshold: 19 for 5% with none, 39 with one.
 * @param fpr in (0, 1)
 * @throws FlawmapError (usage) for another fpr
 */
export function imagesNeededBeside(setAside: number, fpr: number): number {
  checkRate(fpr);
  return Math.ceil(snapToWhole((setAside + 1) / fpr)) - 1;
}

/** Undoes rounding: 100 x 0.29 is 28.999999999999996 in floating point, and means 29. */
function snapToWhole(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 1e-12 * whole ? whole : value;
}

function checkRate(fpr: number): void {
  if (fpr > 0 && fpr < 1) return;
  throw usageError({
    what: 'the false positive rate is out of range',
    expected: 'above 0 and below 1',
    found: String(fpr),
    remedy: 'give a share, such as --fpr 0.05 for 5%',
  });
}

function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw usageError({
    what: 'the confidence is out of range',
    expected: 'above 0 and below 1',
    found: String(confidence),
    remedy: 'give a share, such as 0.95 for 95%',
  });
}
