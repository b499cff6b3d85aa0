/** What a drift monitor compares later images with: numbers that lie in the inspector's file. */
import { inputError } from '../../core/error.ts';
import type { CalibrationImage, ImagingConditions } from '../../detector/inspector/metadata.ts';

/** As sentences name them. */
export const CONDITION_NAMES: Readonly<Record<keyof ImagingConditions, string>> = {
  brightness: 'brightness',
  contrast: 'contrast',
  saturation: 'saturation',
  sharpness: 'sharpness',
  noise: 'noise',
  shadingX: 'light from left to right',
  shadingY: 'light from top to bottom',
  corners: 'light in the corners',
};

const CONDITIONS = Object.keys(CONDITION_NAMES) as readonly (keyof ImagingConditions)[];

/** The numbers of several images, by descriptor. */
export const conditionColumns = (
  images: readonly ImagingConditions[],
): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(CONDITIONS.map((name) => [name, images.map((image) => image[name])]));

/**
 * Of the normal calibration images, which nothing was fitted on: compared with images that the
 * model has learnt, every new one would have changed.
 * @returns at least one
 * @throws FlawmapError (input) naming the file where it has no such images, or was made before
 * their conditions were kept
 */
export function driftReference(
  images: readonly Pick<CalibrationImage, 'label' | 'conditions'>[],
  file: string,
): readonly ImagingConditions[] {
  const normals = images.filter(({ label }) => label === 'normal');
  const known = normals.flatMap(({ conditions }) => conditions ?? []);
  if (known.length > 0 && known.length === normals.length) return known;
  throw inputError({
    what: `${file} has nothing to compare photographs with`,
    expected: 'normal calibration images whose imaging conditions are in the file',
    found:
      normals.length === 0
        ? 'no normal calibration images'
        : `${normals.length - known.length} without them: a file of an earlier version`,
    remedy: 'fit the model again; `flawmap fit` holds good images out for this',
  });
}
