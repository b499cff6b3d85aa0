/** What the jobs of the statistics are told. */
import type { Compared, Comparison } from '../../../result/analysis/statistics.ts';
import type { ImageRef } from '../../images.ts';
import type { JudgeOptions } from '../jobOptions.ts';

/** A scenario to be compared. */
export interface ComparedJob extends Compared {
  /** The job that judged it. */
  readonly job: string;
}

export interface CompareOptions {
  readonly category: string;
  readonly judge: JudgeOptions;
  readonly permutations: number;
  /** Those of them that the category has. */
  readonly comparisons: readonly Comparison[];
  /** Those of them that claims are made of. */
  readonly family: readonly Comparison[];
  readonly scenarios: readonly (ComparedJob & {
    /** Jobs that scored its validation and test images. */
    readonly validation: string;
    readonly test: string;
  })[];
  readonly validation: readonly ImageRef[];
  readonly test: readonly ImageRef[];
}

export interface StatisticsOptions {
  readonly judge: JudgeOptions;
  readonly permutations: number;
  readonly comparisons: readonly Comparison[];
  readonly leftOut: readonly (Comparison & { readonly reason: string })[];
  readonly categories: readonly {
    readonly category: string;
    /** The job that compared its scenarios. */
    readonly compared: string;
    readonly scenarios: readonly ComparedJob[];
  }[];
}
