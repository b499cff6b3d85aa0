/** What the jobs that measure efficiency are told. */
import type { ScoreSpec } from '../../../detector/patchcore/imageScore.ts';
import type { Method } from '../../../result/scenario.ts';
import type { ImagesOptions, PatchcoreOptions } from '../jobOptions.ts';

/** PatchCore with more and fewer rows. */
export interface CoresetOptions {
  /** The job that chose at least as many rows as the largest share is. */
  readonly bank: string;
  /** Of the training patches, ascending. */
  readonly shares: readonly number[];
  /** The study's own. */
  readonly own: number;
  readonly training: number;
  readonly network: PatchcoreOptions;
  readonly score: ScoreSpec;
}

/** The images are those of the test. */
export interface EfficiencyOptions extends ImagesOptions {
  readonly method: Method;
  readonly seed: number;
  /** The job that wrote the model file. */
  readonly model: string;
  /** How many of the images the model is timed on. */
  readonly timed: number;
  readonly coreset: CoresetOptions | null;
}
