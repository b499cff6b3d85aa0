import { imagesNeededBeside } from '../../calibration/conformalRank.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { usualFpr } from './openUpkeep.ts';
import { LEAST_IMAGES } from './splitBatch.ts';

/**
 * Good images set aside as unlike the rest, each of which counts as above the threshold. Where the
 * logarithms of scores and distances are normal, 91% to 99% of batches of 39 good images lose none,
 * and 99% one at most (4000 simulated batches, standard deviations of 0.1 and 0.2).
 */
const SET_ASIDE = 1;

/**
 * How many good images, new to the model, `recalibrate` is to be shown so that it can promise the
 * false positive rate that the model aims at: 39 for 5%, 199 for 1%. Half as many do if none of them
 * is set aside; one may be.
 */
export function goodImagesNeeded(metadata: InspectorMetadata): number {
  return Math.max(LEAST_IMAGES, imagesNeededBeside(SET_ASIDE, usualFpr(metadata)));
}
