/**
 * Where the order statistics of n uniform draws lie, all of them at once. With it goes a band around
 * a distribution function that holds at every point, so also at one that was chosen after looking.
 */
import { betaQuantile } from './betaQuantile.ts';
import { logGamma } from './logGamma.ts';

/** U_(i) lies in [lower[i - 1], upper[i - 1]] for all i from 1 to n. */
export interface OrderStatisticBand {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The level of each of the n intervals by itself is 1 less this: the same for all. */
  readonly localTail: number;
}

/** Of the confidence, to which the local level is looked for. */
const PRECISION = 1e-7;
const MOST_STEPS = 60;

/**
 * The band of equal local levels: U_(i) is Beta(i, n + 1 - i), and each has its central interval of
 * one level, chosen so that all hold together with the confidence asked for, exactly. It is narrow
 * near 0 and 1, where the band of Kolmogorov and Smirnov (and the one of Dvoretzky, Kiefer, Wolfowitz
 * and Massart) is useless. Sources: Aldor-Noiman, Brown, Buja, Rolke and Stine, "The Power to See: A
 * New Graphical Test of Normality", The American Statistician 67, 2013; Gontscharuk, Landwehr and
 * Finner, "Goodness of fit tests in terms of local levels", Biometrical Journal 57, 2015.
 * @param n a thousand take some seconds
 * @param confidence in (0, 1)
 */
export function orderStatisticBand(n: number, confidence: number): OrderStatisticBand {
  const missing = 1 - confidence;
  if (n === 0) return { lower: new Float64Array(), upper: new Float64Array(), localTail: missing };
  const bandAt = (localTail: number) => equalLevels(n, localTail);
  // Bonferroni's level is low enough, the confidence itself too high: false position between them,
  // on logarithms, halving the end that stays (Illinois).
  let low = Math.log(missing / n);
  let high = Math.log(missing);
  let best = bandAt(missing / n);
  if (n === 1) return best;
  let excess = orderStatisticCoverage(best.lower, best.upper) - confidence;
  let lack = orderStatisticCoverage(...sides(bandAt(missing))) - confidence;
  for (let step = 0; step < MOST_STEPS; step++) {
    const middle = (low * lack - high * excess) / (lack - excess);
    const band = bandAt(Math.exp(middle));
    const error = orderStatisticCoverage(band.lower, band.upper) - confidence;
    if (error >= 0) {
      best = band;
      low = middle;
      excess = error;
      lack /= 2;
    } else {
      high = middle;
      lack = error;
      excess /= 2;
    }
    if (error >= 0 && error < PRECISION) break;
  }
  return best;
}

const sides = ({ lower, upper }: OrderStatisticBand) => [lower, upper] as const;

function equalLevels(n: number, localTail: number): OrderStatisticBand {
  const lower = Float64Array.from({ length: n }, (_, i) =>
    betaQuantile(localTail / 2, i + 1, n - i),
  );
  // U_(i) and 1 - U_(n + 1 - i) have the same distribution.
  return { lower, upper: lower.map((_, i) => 1 - lower[n - 1 - i]!), localTail };
}

/**
 * The probability that lower[i - 1] <= U_(i) <= upper[i - 1] for all order statistics of n uniform
 * draws. The draws' count up to t is a Poisson process of rate n given that it ends at n; it goes
 * from bound to bound, and paths outside are dropped (Khmaladze and Shinjikashvili, "Calculation of
 * noncrossing probabilities for Poisson processes and its corollaries", Advances in Applied
 * Probability 33, 2001). O(n) steps over the counts within bounds.
 * @param lower in [0, 1], ascending
 * @param upper in [0, 1], ascending
 */
export function orderStatisticCoverage(lower: Float64Array, upper: Float64Array): number {
  const n = lower.length;
  let paths = new Float64Array(n + 1);
  paths[0] = 1;
  let [first, last] = [0, 0];
  let now = 0;
  let [passedLower, passedUpper] = [0, 0];
  while (passedLower < n || passedUpper < n) {
    const isLower = passedLower < n && lower[passedLower]! <= (upper[passedUpper] ?? 2);
    const next = isLower ? lower[passedLower]! : upper[passedUpper]!;
    // Up to the i-th lower bound there are at most i - 1 draws, up to the i-th upper one at least i.
    const most = passedLower;
    if (isLower) passedLower++;
    else passedUpper++;
    [paths, first, last] = advanced(paths, first, last, n * (next - now), passedUpper, most);
    now = next;
    if (last < first) return 0;
  }
  const [ended] = advanced(paths, first, last, n * (1 - now), n, n);
  return ended[n]! / poisson(n, n);
}

/** Counts from `first` to `last` go on for a mean of `mean` more; those in [floor, ceiling] stay. */
function advanced(
  paths: Float64Array,
  first: number,
  last: number,
  mean: number,
  floor: number,
  ceiling: number,
): [Float64Array<ArrayBuffer>, number, number] {
  const next = new Float64Array(paths.length);
  const jumps = Array.from({ length: ceiling - first + 1 }, (_, jump) => poisson(jump, mean));
  for (let from = first; from <= last; from++) {
    const share = paths[from]!;
    if (share === 0) continue;
    for (let to = Math.max(from, floor); to <= ceiling; to++)
      next[to]! += share * jumps[to - from]!;
  }
  return [next, Math.max(first, floor), ceiling];
}

function poisson(count: number, mean: number): number {
  if (mean === 0) return count === 0 ? 1 : 0;
  return Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
}
