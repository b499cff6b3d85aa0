import type { Interval } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { meanPlacements, type PlacementValues } from './placementValues.ts';
import { type TestOutcome, untestable } from './testOutcome.ts';

export interface DelongTest extends TestOutcome {
  /** AUROC of the first less AUROC of the second, means over runs; null without a class. */
  readonly difference: number | null;
  readonly interval: Interval | null;
}

/**
 * DeLong's test (Biometrics 44, 1988) of whether two methods have the same AUROC on the same
 * images. Several runs of a method enter as the contrast of their mean, so that seeds are no
 * replicates. Its intervals are too narrow where both AUROC are near 1.
 * @param first placement values of each run
 * @param second on the same images
 * @returns statistic: z
 */
export function delongTest(
  first: readonly PlacementValues[],
  second: readonly PlacementValues[],
  confidence = 0.95,
): DelongTest {
  const a = meanPlacements(first);
  const b = meanPlacements(second);
  const anomalous = a.anomalous.map((value, image) => value - b.anomalous[image]!);
  const normal = a.normal.map((value, image) => value - b.normal[image]!);
  if (anomalous.length === 0 || normal.length === 0) {
    return {
      ...untestable('normal or anomalous images are missing'),
      difference: null,
      interval: null,
    };
  }
  const difference = anomalous.reduce((sum, value) => sum + value, 0) / anomalous.length;
  const without = (reason: string) => ({ ...untestable(reason), difference, interval: null });
  if (anomalous.length < 2 || normal.length < 2) {
    return without('a single image of a class has no spread');
  }
  const error = Math.sqrt(
    variance(anomalous) / anomalous.length + variance(normal) / normal.length,
  );
  if (error < ROUNDING) {
    return without(
      Math.abs(difference) < ROUNDING
        ? 'no image is placed differently'
        : 'all images are placed differently by the same, without spread',
    );
  }
  const reach = normalQuantile(1 - (1 - confidence) / 2) * error;
  return {
    statistic: difference / error,
    pValue: 2 * normalCdf(-Math.abs(difference) / error),
    reason: null,
    difference,
    interval: { low: difference - reach, high: difference + reach, confidence, method: 'delong' },
  };
}

/** Shares of images that are equal differ by no more. */
const ROUNDING = 1e-12;

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
