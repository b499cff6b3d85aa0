/** The reliability diagram: how often images are anomalous that were given some probability. */
import { clopperPearson } from '../stats/clopperPearson.ts';
import type { Interval } from '../stats/interval.ts';
import { adjustPrevalence } from './adjustPrevalence.ts';
import { classWeights } from './classWeights.ts';

/**
 * - `equal-width`: [0, 1] cut into parts of the same width
 * - `equal-mass`: as many images in each, as far as equal probabilities, which stay together, allow
 */
export type Binning = 'equal-width' | 'equal-mass';

export interface ReliabilityBin {
  /** Probabilities from here, to here; the highest bin includes its end. */
  readonly from: number;
  readonly to: number;
  readonly images: number;
  readonly anomalous: number;
  /** Its share of all images at the prevalence; the bins' weights sum to 1. */
  readonly weight: number;
  /** Mean probability at the prevalence. */
  readonly predicted: number;
  /** Share of anomalous images at the prevalence. */
  readonly observed: number;
}

export interface Binned {
  /** In (0, 1): each class is weighted to its share there. */
  readonly prevalence: number;
  readonly binning: Binning;
  /** At most so many. */
  readonly bins: number;
}

/**
 * Bins without images are left out.
 * @param probabilities of being anomalous, in [0, 1], as they ought to be at the prevalence
 * @param labels 0 normal, 1 anomalous, as many
 * @returns null without normal or without anomalous images
 */
export function reliabilityBins(
  probabilities: readonly number[],
  labels: ArrayLike<number>,
  { prevalence, binning, bins }: Binned,
): ReliabilityBin[] | null {
  const weights = classWeights(labels, prevalence);
  if (weights === null) return null;
  const images = probabilities.map((probability, i) => ({
    probability,
    anomalous: labels[i]!,
    weight: weights[i]!,
  }));
  const share = images.reduce((sum, { anomalous }) => sum + anomalous, 0) / images.length;
  const binned = binning === 'equal-width' ? equalWidth(images, bins) : equalMass(images, bins);
  return binned.map(({ from, to, own }) => {
    const sum = (value: (image: (typeof own)[number]) => number) =>
      own.reduce((total, image) => total + value(image), 0);
    const anomalous = sum((image) => image.anomalous);
    const weight = sum((image) => image.weight);
    return {
      from,
      to,
      images: own.length,
      anomalous,
      weight,
      predicted: sum((image) => image.weight * image.probability) / weight,
      observed: adjustPrevalence(anomalous / own.length, share, prevalence),
    };
  });
}

/**
 * Of the share that was observed in a bin: Clopper and Pearson's for its images, carried to the
 * prevalence as the share itself is.
 * @param share of anomalous images among all, in (0, 1)
 */
export function binInterval(
  { images, anomalous }: ReliabilityBin,
  share: number,
  prevalence: number,
  confidence: number,
): Interval {
  const exact = clopperPearson(anomalous, images, confidence);
  const carry = (limit: number) => adjustPrevalence(limit, share, prevalence);
  return { ...exact, low: carry(exact.low), high: carry(exact.high) };
}

interface Image {
  readonly probability: number;
  readonly anomalous: number;
  readonly weight: number;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly own: readonly Image[];
}

function equalWidth(images: readonly Image[], bins: number): Bin[] {
  const placeOf = ({ probability }: Image) => Math.min(Math.floor(probability * bins), bins - 1);
  return Array.from({ length: bins }, (_, place) => ({
    from: place / bins,
    to: (place + 1) / bins,
    own: images.filter((image) => placeOf(image) === place),
  })).filter(({ own }) => own.length > 0);
}

function equalMass(images: readonly Image[], bins: number): Bin[] {
  const sorted = [...images].sort((a, b) => a.probability - b.probability);
  const starts = Array.from({ length: bins }, (_, bin) => {
    let start = Math.floor((bin * sorted.length) / bins);
    while (start > 0 && sorted[start]?.probability === sorted[start - 1]!.probability) start++;
    return start;
  });
  const distinct = [...new Set(starts)].filter((start) => start < sorted.length);
  return distinct.map((start, place) => {
    const own = sorted.slice(start, distinct[place + 1]);
    return { from: own[0]!.probability, to: own.at(-1)!.probability, own };
  });
}
