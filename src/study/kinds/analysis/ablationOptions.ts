/** What the jobs of the ablations are told. */
import type { ScoreSpec } from '../../../detector/patchcore/imageScore.ts';
import type { Projection } from '../../../detector/patchcore/projection.ts';
import type { AblationFactor } from '../../../result/analysis/ablation.ts';
import type { Method } from '../../../result/scenario.ts';
import type { ImageRef } from '../../images.ts';
import type { ImagesOptions, JudgeOptions, PadimOptions, PatchcoreOptions } from '../jobOptions.ts';

/** A detector that differs from the study's in one choice. */
interface VariantOptions {
  readonly id: string;
  /** Share of the training images it learns from. */
  readonly training: number;
}

export interface PatchcoreVariant extends VariantOptions {
  /** Of the network's, by name. */
  readonly layers: readonly string[];
  readonly coreset: number;
  /** Each gives scores of its own; the bank is the same. */
  readonly scores: readonly ScoreSpec[];
  /** For choosing the coreset. */
  readonly projection: Projection;
  /** Of all embeddings before anything else; null: none. */
  readonly reduction: Projection | null;
}

export interface PadimVariant extends VariantOptions {
  readonly channels: number;
  readonly ranking: 'random' | 'variance';
}

interface AblateBase extends ImagesOptions {
  /** How many of the images, the first, are learnt from. */
  readonly training: number;
  readonly seed: number;
}

/** PatchCore: embeddings from a job, or of a network of its own. */
export interface AblatePatchcoreOptions extends AblateBase {
  readonly network: PatchcoreOptions;
  /** The job that embedded the images; null: they are embedded here and not kept. */
  readonly embeddings: string | null;
  readonly variants: readonly PatchcoreVariant[];
}

export interface AblatePadimOptions extends AblateBase {
  readonly network: PadimOptions;
  readonly variants: readonly PadimVariant[];
}

/** Where a level's scores are. */
export interface AblationLevelOptions {
  readonly label: string;
  readonly base: boolean;
  readonly job: string;
  readonly variant: string;
  /** Which of the variant's scores. */
  readonly score: number;
}

export interface AblationOptions {
  readonly category: string;
  readonly method: Method;
  readonly seed: number;
  readonly judge: JudgeOptions;
  readonly training: number;
  readonly validation: readonly ImageRef[];
  readonly test: readonly ImageRef[];
  readonly layers: readonly string[];
  readonly base: AblationLevelOptions;
  readonly factors: readonly {
    readonly factor: AblationFactor;
    readonly levels: readonly AblationLevelOptions[];
  }[];
  readonly leftOut: readonly { readonly factor: AblationFactor; readonly reason: string }[];
}
