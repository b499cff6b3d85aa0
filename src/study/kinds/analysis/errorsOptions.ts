/** What the jobs of the error analysis are told. */
import type { Preprocessing } from '../../../detector/preprocess.ts';
import type { ErrorScenario } from '../../../result/analysis/errors.ts';
import type { Method } from '../../../result/scenario.ts';
import type { ImageRef } from '../../images.ts';
import type { ImagesOptions } from '../jobOptions.ts';

/** The images are anomalous ones. */
export interface DefectsOptions extends ImagesOptions {
  readonly preprocessing: Preprocessing;
}

export interface ErrorsOptions {
  readonly category: string;
  readonly confidence: number;
  /** The normal validation images. */
  readonly normal: readonly ImageRef[];
  readonly conditions: readonly {
    readonly scenario: ErrorScenario;
    /** The job that measured the defects. */
    readonly defects: string;
    readonly methods: readonly {
      readonly method: Method;
      /** The job that left the scenario's result. */
      readonly scenario: string;
      /** The job that scored the validation images. */
      readonly validation: string;
    }[];
  }[];
}
