/** Which images a variant learns from, and where its backbone lies. */
import type { JobContext } from '../../../pipeline/kind.ts';
import { backboneOf } from '../condition.ts';
import type { NetworkOptions } from '../jobOptions.ts';

/** PaDiM's covariance needs two; both methods get as many. */
const FEWEST = 2;

/**
 * Smaller shares are part of larger ones.
 * @param order of all training images, drawn once
 */
export function trainingImages(order: readonly number[], share: number): number[] {
  const count = Math.min(order.length, Math.max(FEWEST, Math.round(share * order.length)));
  return order.slice(0, count).sort((a, b) => a - b);
}

/** The backbone that needs no file, and its one layer. */
export const BUILTIN = 'filterbank';

/** The built-in one is named, the study's own is a file or a name of the catalogue. */
export const backbonePlace = (
  context: Pick<JobContext, 'local'>,
  { backbone }: Pick<NetworkOptions, 'backbone'>,
): string => (backbone.name === BUILTIN ? BUILTIN : backboneOf(context));
