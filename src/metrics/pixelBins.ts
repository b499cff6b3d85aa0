/**
 * A few hundred thresholds that stand for all distinct scores: where curves over thresholds bend,
 * bins are narrow, so that between the ends of a bin they may be taken as straight.
 */

export interface PixelBins {
  /** For each bin, highest scores first, the key of its lowest score (`orderedKey`), unsigned. */
  readonly lowest: Uint32Array;
  /** For each bin, 1 where it holds a single score. */
  readonly tied: Uint8Array;
}

/**
 * Bins end at so many shares of the defective pixels, of the covered regions, which small ones have
 * as many of as large ones, and of the normal pixels, up to the limit of PRO and from there on.
 */
const RECALLS = 160;
const OVERLAPS = 160;
const RATES_BELOW_LIMIT = 80;
const RATES_ABOVE_LIMIT = 40;
/** Below the first of these each is half the one above, since PRO may climb steeply at 0. */
const HALVINGS = 10;

/**
 * @param total of all images; `coverage` is the number of regions
 * @param proLimit the false positive rate up to which PRO integrates
 */
export function createBinSum(
  total: { readonly normals: number; readonly anomalies: number; readonly coverage: number },
  proLimit: number,
) {
  const normalEnds = endCounter(falsePositiveRates(proLimit), total.normals);
  const anomalyEnds = endCounter(spaced(0, 1, RECALLS), total.anomalies);
  const coverageEnds = endCounter(spaced(0, 1, OVERLAPS), total.coverage);
  const lowest: number[] = [];
  const tied: number[] = [];
  let scoresInBin = 0;
  let lastKey = 0;

  function endBin(): void {
    lowest.push(lastKey);
    tied.push(scoresInBin === 1 ? 1 : 0);
    scoresInBin = 0;
  }

  return {
    /** The pixels at each distinct score, highest first; arguments as in `VisitPixelScore`. */
    add(normals: number, anomalies: number, coverage: number, key: number): void {
      const passed = Math.max(normalEnds(normals), anomalyEnds(anomalies), coverageEnds(coverage));
      // A score of so many pixels is a step of the curves: it does not share a bin.
      if (passed > 1 && scoresInBin > 0) endBin();
      scoresInBin++;
      lastKey = key;
      if (passed > 0) endBin();
    },
    value(): PixelBins {
      if (scoresInBin > 0) endBin();
      return { lowest: Uint32Array.from(lowest), tied: Uint8Array.from(tied) };
    },
  };
}

/**
 * @param shares of the total, ascending, at which bins end
 * @returns a function that adds up what it is given and tells how many ends that passes
 */
function endCounter(shares: readonly number[], total: number): (amount: number) => number {
  let sum = 0;
  let next = 0;
  return (amount) => {
    if (amount === 0) return 0;
    sum += amount;
    const before = next;
    while (next < shares.length && sum >= shares[next]! * total) next++;
    return next - before;
  };
}

function falsePositiveRates(proLimit: number): number[] {
  const below = spaced(0, proLimit, RATES_BELOW_LIMIT);
  const steep = Array.from({ length: HALVINGS }, (_, i) => below[0]! / 2 ** (HALVINGS - i));
  return [...steep, ...below, ...(proLimit < 1 ? spaced(proLimit, 1, RATES_ABOVE_LIMIT) : [])];
}

/** Evenly, without the first end and with the last. */
const spaced = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 1)) / count);

/** @returns a function from a key (signed or not) to its bin */
export function binFinder({ lowest }: PixelBins): (key: number) => number {
  // All keys with the same upper half lie in bins `first[upper]` to `first[upper - 1]`.
  const first = new Uint16Array(0x10000);
  let bin = lowest.length - 1;
  for (let upper = 0; upper < first.length; upper++) {
    const highest = upper * 0x10000 + 0xffff;
    while (bin > 0 && lowest[bin - 1]! <= highest) bin--;
    first[upper] = bin;
  }
  return (key) => {
    const unsigned = key >>> 0;
    const upper = key >>> 16;
    let low = first[upper]!;
    let high = upper === 0 ? lowest.length - 1 : first[upper - 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lowest[middle]! <= unsigned) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
