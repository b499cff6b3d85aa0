/** Draws which images of a category are fitted on, calibrated on and tested on. */
import { byCodePoint } from '../codePointOrder.ts';
import type { Sample } from '../dataset.ts';
import { holdOut } from '../holdOut.ts';
import { apportion } from './apportion.ts';
import { defectSizes } from './defectSizes.ts';
import type { HashedSample } from './hashSamples.ts';
import { requireSplitOptions, requireSplittable } from './requireSplittable.ts';
import type { CategorySplit, SplitImage, SplitOptions } from './split.ts';

/**
 * - `train`: the normal training images that `val` leaves
 * - `val`: a share of the normal training images, and one of the anomalous test images, which every
 *   defect type gives in proportion (a type with a single image gives none)
 * - `test`: the normal test images, and the anomalous ones that `val` leaves
 *
 * Whether an image is chosen depends on the seed and on the category and id of each image (see
 * `holdOut`), not on their order. The images `fit` holds out with the same seed and share are these.
 *
 * @param hashed training and test images of one category, in any order
 * @throws FlawmapError (usage) for options out of range, (input) where too few images are left to
 * fit on or none to test on
 */
export function createCleanSplit(
  category: string,
  hashed: readonly HashedSample[],
  options: SplitOptions,
): CategorySplit {
  const { seed, validation, anomalousValidation } = options;
  const samples = hashed.map(({ sample }) => sample);
  requireSplitOptions(options);
  requireSplittable(category, samples, options);

  const { heldOut } = holdOut(
    samples.filter(({ phase }) => phase === 'train'),
    validation,
    seed,
  );
  const validating = new Set<Sample>(heldOut);
  const anomalous = samples.filter(({ label }) => label === 'anomalous');
  for (const [type, count] of apportion(defectSizes(anomalous), anomalousValidation)) {
    const same = anomalous.filter(({ defectType }) => defectType === type);
    for (const sample of drawSome(same, count, seed)) validating.add(sample);
  }

  const imagesWhere = (isWanted: (sample: Sample) => boolean): SplitImage[] =>
    hashed
      .filter(({ sample }) => isWanted(sample))
      .map(({ image }) => image)
      .sort((a, b) => byCodePoint(a.id, b.id));
  return {
    category,
    train: imagesWhere((sample) => sample.phase === 'train' && !validating.has(sample)),
    val: imagesWhere((sample) => validating.has(sample)),
    test: imagesWhere((sample) => sample.phase === 'test' && !validating.has(sample)),
  };
}

function drawSome(samples: readonly Sample[], count: number, seed: number): readonly Sample[] {
  if (count === 0) return [];
  if (count === samples.length) return samples;
  return holdOut(samples, count / samples.length, seed).heldOut;
}
