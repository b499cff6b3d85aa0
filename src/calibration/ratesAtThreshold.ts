/**
 * False positive and miss rate at any threshold. Whoever moves a threshold while looking at the
 * scores chooses it by them, and an interval for one fixed point would then promise too much; these
 * bands hold at all points at once.
 */
import { type OrderStatisticBand, orderStatisticBand } from '../stats/orderStatisticBand.ts';

export interface RateAt {
  /** How many of the images fall on the side that is counted. */
  readonly count: number;
  readonly n: number;
  /** The true rate lies between them, at this and every other threshold together. */
  readonly low: number;
  readonly high: number;
}

export const BAND_CONFIDENCE = 0.95;

/**
 * The share of normal images above a threshold, as a function of it. For F the distribution of their
 * scores and k of n scores not above the threshold, F lies between the lower bound of the k-th and
 * the upper bound of the (k + 1)-th order statistic of uniform draws (`orderStatisticBand`); equal
 * scores only make that wider than need be. Holds if the images are like those to come, and
 * independent: a burst of one part counts as one.
 * @param scores of normal images that were not learnt from, in any order
 * @param setAside further ones that count as above any threshold
 * @param band of all of them, `rateBand`
 */
export function falsePositiveRate(
  scores: readonly number[],
  setAside = 0,
  band = rateBand(scores.length + setAside),
): (threshold: number) => RateAt {
  const notAbove = createDistribution([...scores, ...Array(setAside).fill(Infinity)], band);
  return (threshold) => {
    const { count, n, low, high } = notAbove(threshold);
    return { count: n - count, n, low: 1 - high, high: 1 - low };
  };
}

/**
 * The share of anomalous images not above a threshold, in the same way.
 * @param scores of labelled anomalous images
 */
export const missRate = (
  scores: readonly number[],
  band = rateBand(scores.length),
): ((threshold: number) => RateAt) => createDistribution(scores, band);

/** What the bands of n images have in common; of a thousand it takes seconds. */
export const rateBand = (n: number): OrderStatisticBand => orderStatisticBand(n, BAND_CONFIDENCE);

function createDistribution(
  scores: readonly number[],
  { lower, upper }: OrderStatisticBand,
): (threshold: number) => RateAt {
  const n = scores.length;
  const sorted = Float64Array.from(scores).sort();
  return (threshold) => {
    const count = notAbove(sorted, threshold);
    const low = count === 0 ? 0 : lower[count - 1]!;
    return { count, n, low, high: count === n ? 1 : upper[count]! };
  };
}

function notAbove(sorted: Float64Array, threshold: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
