/** How far probabilities lie from what happens, and how far they would by chance alone. */
import type { Random } from '../core/random.ts';
import { quantile } from '../stats/percentileInterval.ts';
import { adjustPrevalence } from './adjustPrevalence.ts';
import { type Binned, type ReliabilityBin, reliabilityBins } from './reliabilityBins.ts';

/** Mean over bins, by weight, of |observed - predicted| (Naeini et al. 2015); in [0, 1]. */
export const expectedCalibrationError = (bins: readonly ReliabilityBin[]): number =>
  bins.reduce(
    (sum, { weight, observed, predicted }) => sum + weight * Math.abs(observed - predicted),
    0,
  );

/**
 * What the error would be if the probabilities were right, because the images are few: labels are
 * drawn from the probabilities themselves, at the share of anomalous images there is (consistency
 * resampling, Bröcker and Smith 2007).
 * @param share of anomalous images among them, in (0, 1)
 * @returns the 95% quantile over the draws; null where too few of them have both classes
 */
export function calibrationErrorByChance(
  probabilities: readonly number[],
  share: number,
  binned: Binned,
  draws: number,
  random: Random,
): number | null {
  const here = probabilities.map((value) => adjustPrevalence(value, binned.prevalence, share));
  const errors: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const labels = here.map((probability) => (random.next() < probability ? 1 : 0));
    const bins = reliabilityBins(probabilities, labels, binned);
    if (bins !== null) errors.push(expectedCalibrationError(bins));
  }
  if (errors.length < draws / 2) return null;
  return quantile(Float64Array.from(errors).sort(), 0.95);
}
