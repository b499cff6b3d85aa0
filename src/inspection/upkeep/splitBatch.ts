/** Which new images join the model, and which calibrate it. */
import { imagesNeeded } from '../../calibration/conformalRank.ts';
import { percent } from '../../calibration/percent.ts';
import { inputError } from '../../core/error.ts';
import { createRandom } from '../../core/random.ts';

/** Fewer say nothing of how normal images vary, nor which of them is strange. */
export const LEAST_IMAGES = 5;
/** Share that calibrates where that is more than the promise takes; as in a fit. */
const CALIBRATING = 0.2;

export interface BatchSplit<T> {
  readonly joining: readonly T[];
  readonly calibrating: readonly T[];
}

/**
 * As many calibrate as the rate takes, and a fifth at least; the others join. Where there are too few
 * for that, five join. No image does both: what the bank holds has a distance of 0 to it. Each image
 * draws one number from a stream named by its hash, so that names and order do not matter.
 * @param fpr the rate to promise
 * @param strict whether too few images for the rate are refused
 * @throws FlawmapError (input) saying how many images it takes
 */
export function splitBatch<T extends { readonly sha256: string }>(
  images: readonly T[],
  fpr: number,
  strict: boolean,
  seed: number,
): BatchSplit<T> {
  const needed = imagesNeeded(fpr);
  const least = strict ? needed + LEAST_IMAGES : 2 * LEAST_IMAGES;
  if (images.length < least) throw tooFew(images.length, least, needed, fpr);
  const wanted = Math.max(needed, Math.round(CALIBRATING * images.length));
  const count = Math.min(wanted, images.length - LEAST_IMAGES);
  const random = createRandom(seed).fork('update');
  const drawn = images
    .map((image) => ({ image, number: random.fork(image.sha256).next() }))
    .sort((a, b) => a.number - b.number);
  const chosen = new Set(drawn.slice(0, count).map(({ image }) => image));
  return {
    joining: images.filter((image) => !chosen.has(image)),
    calibrating: images.filter((image) => chosen.has(image)),
  };
}

function tooFew(found: number, least: number, needed: number, fpr: number) {
  return inputError({
    what: 'there are too few new images to update the model with',
    expected: `at least ${least}; to promise ${percent(fpr)}, ${needed + LEAST_IMAGES}: ${needed} that calibrate and ${LEAST_IMAGES} that join`,
    found: String(found),
    remedy: 'take more good photographs, or aim at a higher rate with --fpr',
  });
}
