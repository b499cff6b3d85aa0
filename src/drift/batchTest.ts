/** Have the imaging conditions of a batch of images changed? */
import type { Random } from '../core/random.ts';
import { median, robustSpread } from '../stats/robust.ts';
import type { Descriptor } from './driftMonitor.ts';
import { type EnergyTest, energyTest, type Point } from './energyDistance.ts';

/**
 * The energy test of all descriptors at once, each in robust standard deviations of reference and
 * batch together: what does not say which image is which leaves the permutations exact.
 * @param reference as for `createDriftMonitor`; the images of all names in the same order
 * @param batch at least one image
 */
export function batchTest(
  reference: Readonly<Record<string, readonly number[]>>,
  batch: readonly Descriptor[],
  permutations: number,
  random: Pick<Random, 'integer'>,
): EnergyTest {
  const columns = Object.entries(reference).map(([name, values]) =>
    standardised([...values, ...batch.map((descriptor) => descriptor[name]!)]),
  );
  const count = Object.values(reference)[0]?.length ?? 0;
  const points: Point[] = Array.from({ length: count + batch.length }, (_, i) =>
    columns.map((column) => column[i]!),
  );
  return energyTest(points.slice(0, count), points.slice(count), permutations, random);
}

/** Where more than half of the values are equal, their standard deviation is the unit. */
function standardised(values: readonly number[]): number[] {
  const centre = median(values);
  const spread = robustSpread(values) || deviation(values);
  return values.map((value) => (spread === 0 ? 0 : (value - centre) / spread));
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}
