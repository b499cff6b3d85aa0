import { imagesNeeded } from '../conformalRank.ts';

export interface ImagesStillNeeded {
  readonly promisedFpr: number;
  /** Good images that the threshold is set from now. */
  readonly have: number;
  /** For the promise on average over sets of calibration images. */
  readonly onAverage: { readonly needed: number; readonly more: number };
  /** For the promise of one set, with this confidence. */
  readonly withConfidence: {
    readonly confidence: number;
    readonly needed: number;
    readonly more: number;
  };
}

/**
 * Good images to be taken before a false positive rate can be promised.
 * @param have good images held out of the fit
 * @param promisedFpr in (0, 1)
 * @param confidence in (0, 1)
 * @throws FlawmapError (usage) for other shares
 */
export function imagesStillNeeded(
  have: number,
  promisedFpr: number,
  confidence: number,
): ImagesStillNeeded {
  const still = (needed: number) => ({ needed, more: Math.max(0, needed - have) });
  return {
    promisedFpr,
    have,
    onAverage: still(imagesNeeded(promisedFpr)),
    withConfidence: { confidence, ...still(imagesNeeded(promisedFpr, confidence)) },
  };
}
