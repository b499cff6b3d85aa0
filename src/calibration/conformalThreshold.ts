import { inputError } from '../core/error.ts';
import { betaQuantile } from '../stats/betaQuantile.ts';
import { confidentRank, conformalRank, imagesNeeded, imagesNeededBeside } from './conformalRank.ts';
import { percent } from './percent.ts';

/**
 * A threshold from normal scores alone, and what it promises if the images to come are
 * exchangeable with those it was taken from. Plain data: survives JSON.
 */
export interface ConformalThreshold {
  /**
   * - `conformal`: the target holds on average over calibration sets
   * - `confident`: the target holds for this very set, with the confidence asked for
   * - `maximum`: too few images for the target; the highest score
   */
  readonly rule: 'conformal' | 'confident' | 'maximum';
  /** Anomalous when `score > threshold`: the k-th smallest score, not interpolated. */
  readonly threshold: number;
  /** Normal images it was taken from, those set aside among them. */
  readonly n: number;
  readonly k: number;
  /** The false positive rate aimed at, in (0, 1). */
  readonly targetFpr: number;
  /** The promise: on average over calibration sets at most (n + 1 - k) / (n + 1). */
  readonly averageFpr: number;
  /** For this very set: at most this with 95% confidence, the quantile of Beta(n + 1 - k, k). */
  readonly upperFpr: number;
  /** How many of the n were set aside, and count as above it; absent where none was. */
  readonly setAside?: number | undefined;
}

/**
 * The split-conformal threshold: k = ceil((n + 1)(1 - fpr)).
 * @param normalScores one for each held-out normal image
 * @param fpr the false positive rate aimed at, in (0, 1)
 * @param whenTooFew what to do with fewer images than `imagesNeeded(fpr)`: `refuse`, or take the
 * `maximum` and record what that promises
 * @param setAside further normal images whose scores are not looked at and count as above any
 * threshold. That only raises the threshold, so the promise holds for images taken like all of
 * them, whatever made us set these aside.
 * @throws FlawmapError (input) for a score that is not finite, without scores, or with too few of
 * them when told to refuse, saying how many it takes; (usage) for another fpr
 */
export function conformalThreshold(
  normalScores: ArrayLike<number>,
  fpr: number,
  whenTooFew: 'refuse' | 'maximum' = 'refuse',
  setAside = 0,
): ConformalThreshold {
  const counted = normalScores.length;
  const n = counted + setAside;
  const k = conformalRank(n, fpr);
  if (k !== null && k <= counted) return atRank('conformal', normalScores, k, fpr, setAside);
  if (counted > 0 && whenTooFew === 'maximum') {
    return atRank('maximum', normalScores, counted, fpr, setAside);
  }
  const found = setAside === 0 ? String(n) : `${n}, of which ${setAside} were set aside`;
  throw tooFew(found, fpr, imagesNeededBeside(setAside, fpr));
}

/**
 * The threshold whose false positive rate is at most `fpr` for this very calibration set, with
 * the given confidence: the smallest k with P(Bin(n, 1 - fpr) >= k) <= 1 - confidence.
 * @param normalScores one for each held-out normal image
 * @param fpr the false positive rate, in (0, 1)
 * @param confidence in (0, 1)
 * @throws FlawmapError (input) for a score that is not finite or too few of them, saying how many
 * it takes; (usage) for another fpr or confidence
 */
export function confidentThreshold(
  normalScores: ArrayLike<number>,
  fpr: number,
  confidence = 0.95,
): ConformalThreshold {
  const k = confidentRank(normalScores.length, fpr, confidence);
  if (k !== null) return atRank('confident', normalScores, k, fpr);
  throw tooFew(String(normalScores.length), fpr, imagesNeeded(fpr, confidence));
}

function atRank(
  rule: ConformalThreshold['rule'],
  scores: ArrayLike<number>,
  k: number,
  targetFpr: number,
  setAside = 0,
): ConformalThreshold {
  const sorted = Float64Array.from(scores).sort();
  const unusable = sorted.find((score) => !Number.isFinite(score));
  if (unusable !== undefined) {
    throw inputError({
      what: 'a normal score cannot be calibrated on',
      expected: 'a finite number',
      found: String(unusable),
      remedy: 'check the image and the backbone that gave this score',
    });
  }
  const n = sorted.length + setAside;
  return {
    rule,
    threshold: sorted[k - 1]!,
    n,
    k,
    targetFpr,
    averageFpr: (n + 1 - k) / (n + 1),
    upperFpr: betaQuantile(0.95, n + 1 - k, k),
    ...(setAside > 0 && { setAside }),
  };
}

function tooFew(found: string, fpr: number, needed: number) {
  return inputError({
    what: `a false positive rate of ${percent(fpr)} cannot be promised from so few normal images`,
    expected: `at least ${needed} normal calibration images`,
    found,
    remedy: 'calibrate on more normal images, or aim at a higher rate',
  });
}
