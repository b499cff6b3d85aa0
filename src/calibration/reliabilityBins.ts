/** The reliability diagram: how often images are anomalous that were given some probability. */
import { clopperPearson } from '../stats/clopperPearson.ts';
import type { Interval } from '../stats/interval.ts';
import { adjustPrevalence } from './adjustPrevalence.ts';
import { classWeights } from './classWeights.ts';

/**
 * - `equal-width`: [0, 1] cut into parts of the same width
 * - `equal-mass`: as many images in each, as far as equal probabilities, which stay together, allow
 */
export const BINNINGS = ['equal-width', 'equal-mass'] as const;
export type Binning = (typeof BINNINGS)[number];

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
  /** Clopper and Pearson's for the images, carried to the prevalence as the share is. */
  readonly interval: Interval;
}

/**
 * Bins without images are left out.
 * @param probabilities of being anomalous, in [0, 1], as they ought to be at the prevalence
 * @param labels 0 normal, 1 anomalous, as many
 * @param prevalence in (0, 1): each class is weighted to its share there
 * @returns null without normal or without anomalous images
 */
export function reliabilityBins(
  probabilities: readonly number[],
  labels: ArrayLike<number>,
  {
    prevalence,
    binning,
    bins,
    confidence,
  }: {
    readonly prevalence: number;
    readonly binning: Binning;
    readonly bins: number;
    readonly confidence: number;
  },
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
    const carry = (observed: number) => adjustPrevalence(observed, share, prevalence);
    const exact = clopperPearson(anomalous, own.length, confidence);
    return {
      from,
      to,
      images: own.length,
      anomalous,
      weight,
      predicted: sum((image) => image.weight * image.probability) / weight,
      observed: carry(anomalous / own.length),
      interval: { ...exact, low: carry(exact.low), high: carry(exact.high) },
    };
  });
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
