/** What the jobs of a study are told; all of it is part of their keys but `JobPlaces`. */
import type { EmbeddingKind } from '../../detector/embedding.ts';
import type { ScoreSpec } from '../../detector/patchcore/imageScore.ts';
import type { Preprocessing } from '../../detector/preprocess.ts';
import type { Method, Scenario } from '../../result/scenario.ts';
import type { PresetName } from '../../shift/presets.ts';
import type { Device } from '../../tensor/session/device.ts';
import type { ImageRef } from '../images.ts';

/** Where things lie: not part of a job's key. */
export interface JobPlaces {
  /** Each category's folder in the clean data set. */
  readonly roots: Readonly<Record<string, string>>;
  /** Name or file of the backbone. */
  readonly backbone: string;
  /** Jobs that keep the features of the images; they save the backbone, and change no result. */
  readonly features?: readonly string[];
}

export interface NetworkOptions {
  readonly backbone: {
    readonly name: string;
    readonly sha256: string | null;
    readonly revision?: number;
  };
  readonly layers: readonly string[];
  readonly preprocessing: Preprocessing;
  /** What computes: its rounding is its own. Absent: the CPU. */
  readonly device?: Device;
  /** The layer whose grid finer ones are averaged down to; absent: none is. */
  readonly pooledTo?: string;
}

export interface PatchcoreOptions extends NetworkOptions {
  readonly embedding: EmbeddingKind;
}

export interface PadimOptions extends NetworkOptions {
  readonly channels: number;
}

/** Models of one method that read the same images. */
export interface NetworkPart {
  readonly method: Method;
  readonly network: PatchcoreOptions | PadimOptions;
  readonly seeds: readonly number[];
}

/** Images of one category under one condition. */
export interface ImagesOptions {
  readonly category: string;
  readonly images: readonly ImageRef[];
  /** The job that shifted them; null: as they are. */
  readonly condition: string | null;
}

export interface ShiftOptions extends ImagesOptions {
  readonly preset: PresetName;
  readonly severity: number;
  readonly seed: number;
  /** One draw for all images. */
  readonly lamp: string | null;
}

export interface FeaturesOptions extends ImagesOptions {
  /** What is read from them; of one backbone and preprocessing, one a method. */
  readonly parts: readonly NetworkPart[];
  /** Measure what model files say of the images that they are calibrated on. */
  readonly described: boolean;
}

export interface EmbedOptions extends ImagesOptions {
  readonly network: PatchcoreOptions;
}

export interface GaussiansOptions extends ImagesOptions {
  readonly network: PadimOptions;
  readonly seeds: readonly number[];
}

export interface BankOptions {
  /** Jobs that embedded the training images, one a category. */
  readonly embeddings: readonly string[];
  readonly coreset: number;
  readonly score: ScoreSpec;
  readonly seed: number;
  /** Height and width of the map. */
  readonly size: number;
}

export interface PooledGaussiansOptions {
  /** Jobs that fitted the categories. */
  readonly gaussians: readonly string[];
  readonly seed: number;
  readonly size: number;
}

export interface ScoreOptions extends ImagesOptions {
  readonly method: Method;
  readonly network: PatchcoreOptions | PadimOptions;
  readonly seeds: readonly number[];
  /** The jobs that fitted the models; one for each seed, or one for all of them. */
  readonly models: readonly string[];
  /** Keep which bank row is nearest to each patch. */
  readonly nearest: boolean;
}

export interface LocaliseOptions extends ImagesOptions {
  /** The job that scored these images among others. */
  readonly scores: string;
  readonly preprocessing: Preprocessing;
  readonly proLimit: number;
}

export interface AdaptOptions extends ImagesOptions {
  readonly method: Method;
  readonly network: PatchcoreOptions | PadimOptions;
  readonly seed: number;
  /** The job that fitted the clean model. */
  readonly model: string;
  readonly lamp: number;
  /** How many of the images, the first, are the normal ones that pictures are drawn from. */
  readonly pool: number;
  readonly pictures: readonly number[];
  readonly draws: number;
  readonly score: ScoreSpec;
  readonly proLimit: number;
  /** Of the study. */
  readonly drawSeed: number;
}

export interface ModelOptions {
  /** What the file calls what it was fitted on. */
  readonly category: string;
  /** The validation images it is calibrated on, by category. */
  readonly calibration: readonly ImagesOptions[];
  readonly method: Method;
  readonly network: PatchcoreOptions | PadimOptions;
  readonly seed: number;
  readonly model: string;
  readonly training: readonly { readonly id: string; readonly sha256: string }[];
  readonly coreset: number;
  readonly score: ScoreSpec;
  readonly fpr: number;
}

/** How estimates are made. */
export interface JudgeOptions {
  readonly fpr: number;
  readonly bootstrap: number;
  readonly confidence: number;
  /** Of the study. */
  readonly seed: number;
}

/** Jobs whose artifacts tell what a model makes of the images. */
export interface ScoredBy {
  /** Scored the validation images. */
  readonly validation: string;
  /** Scored the test images. */
  readonly test: string;
  /** Localised the flaws on the test images. */
  readonly pixel: string;
}

export interface ScenarioOptions {
  readonly category: string;
  readonly method: Method;
  readonly scenario: Scenario;
  readonly seeds: readonly number[];
  readonly judge: JudgeOptions;
  readonly validation: readonly ImageRef[];
  readonly test: readonly ImageRef[];
  readonly scored: ScoredBy;
  /** What it is compared with. */
  readonly clean: ScoredBy | null;
  readonly none: ScoredBy | null;
}

export interface LadderOptions {
  readonly category: string;
  readonly method: Method;
  readonly seed: number;
  readonly judge: JudgeOptions;
  /** The normal validation images. */
  readonly pool: readonly ImageRef[];
  readonly test: readonly ImageRef[];
  readonly clean: ScoredBy;
  readonly lamps: readonly string[];
  /** As asked for, before those that cannot be drawn are left out. */
  readonly pictures: readonly number[];
}

export interface GlobalOptions {
  readonly method: Method;
  readonly seed: number;
  readonly judge: JudgeOptions;
  /** The job that fitted the global model. */
  readonly model: string;
  readonly categories: readonly {
    readonly category: string;
    readonly validation: readonly ImageRef[];
    readonly test: readonly ImageRef[];
    readonly pooled: ScoredBy;
    readonly own: ScoredBy;
    /** PaDiM: the job that fitted the category's own Gaussians. */
    readonly gaussians: string | null;
  }[];
}
