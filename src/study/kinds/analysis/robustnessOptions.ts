/** What the jobs of the robustness analysis are told. */
import type { ScoreSpec } from '../../../detector/patchcore/imageScore.ts';
import type { Method } from '../../../result/scenario.ts';
import type { PresetName } from '../../../shift/presets.ts';
import type { SeverityLevel } from '../../../shift/severityLevel.ts';
import type { ImageRef } from '../../images.ts';
import type { ShiftSpec } from '../../shiftedImages.ts';
import type {
  ImagesOptions,
  JudgeOptions,
  PadimOptions,
  PatchcoreOptions,
  ScoredBy,
} from '../jobOptions.ts';

/** A method and the one seed it is tried with. */
export interface MethodPart {
  readonly method: Method;
  readonly seed: number;
  readonly network: PatchcoreOptions | PadimOptions;
}

/** Models of all methods, fitted on training images under one condition. */
export interface RobustnessFitOptions extends ImagesOptions {
  readonly shift: ShiftSpec;
  readonly parts: readonly MethodPart[];
  readonly coreset: number;
  readonly score: ScoreSpec;
  /** Height and width of the map. */
  readonly size: number;
}

/** Scores of models of all methods, on images under several conditions. */
export interface RobustnessScoresOptions {
  readonly category: string;
  readonly parts: readonly MethodPart[];
  readonly models: readonly ModelRef[];
  readonly passes: readonly {
    readonly name: string;
    readonly shift: ShiftSpec | null;
    readonly images: readonly ImageRef[];
    /** Names of models. */
    readonly models: readonly string[];
  }[];
}

export interface ModelRef {
  readonly name: string;
  readonly method: Method;
  /** The job that fitted it. */
  readonly job: string;
  /** Its folder within the job's; '' for the folder itself. */
  readonly folder: string;
}

export interface RobustnessOptions {
  readonly category: string;
  readonly method: Method;
  readonly seed: number;
  readonly judge: JudgeOptions;
  readonly validation: readonly ImageRef[];
  readonly test: readonly ImageRef[];
  /** Of the test images, those that presets were tried on. */
  readonly subset: readonly ImageRef[];
  readonly clean: ScoredBy;
  /** The clean model's name in what the jobs have scored. */
  readonly model: string;
  readonly presets: readonly {
    readonly preset: PresetName;
    /** Scored the subset, one pass a level. */
    readonly job: string;
    readonly levels: readonly { readonly level: SeverityLevel; readonly severity: number }[];
  }[];
  /** Clean first; none where no matrix is asked for. */
  readonly crossShift: readonly {
    readonly condition: string;
    /** The name of the model fitted on it. */
    readonly model: string;
    /** Scored validation and test images under it. */
    readonly job: string;
  }[];
}
