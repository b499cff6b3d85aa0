/** What the jobs that make pictures are told. */
import type { Preprocessing } from '../../../detector/preprocess.ts';
import type { Method } from '../../../result/scenario.ts';
import type { ImagesOptions } from '../jobOptions.ts';

export interface PhotographsOptions extends ImagesOptions {
  /** How many of the images, the first, are ones that were learnt from. */
  readonly training: number;
}

export interface MapsOptions {
  readonly category: string;
  readonly method: Method;
  readonly seed: number;
  readonly preprocessing: Preprocessing;
  /** The job that made pictures of the images. */
  readonly photographs: string;
  /** The job that scored them. */
  readonly scores: string;
  /** The job that scored the clean images, which the colours are chosen by. */
  readonly clean: string;
  /** Ids of the normal validation images. */
  readonly normal: readonly string[];
  /** Which the pixel threshold aims at. */
  readonly fpr: number;
}

export interface CropsOptions {
  readonly category: string;
  readonly method: Method;
  /** The job whose explanations refer to parts of images. */
  readonly explained: string;
}
