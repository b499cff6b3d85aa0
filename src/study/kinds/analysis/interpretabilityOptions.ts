/** What the interpretability job of one category and method is told. */
import type { Method } from '../../../result/scenario.ts';
import type { InterpretabilityConfig } from '../../config/analysis/interpretability.ts';
import type { ImageRef } from '../../images.ts';
import type { PadimOptions, PatchcoreOptions } from '../jobOptions.ts';

export interface InterpretabilityOptions {
  readonly category: string;
  readonly method: Method;
  readonly network: PatchcoreOptions | PadimOptions;
  /** Of the model. */
  readonly seed: number;
  /** The job that fitted it. */
  readonly model: string;
  /** Ids, in the order in which it was fitted on them. */
  readonly training: readonly string[];
  readonly validation: readonly ImageRef[];
  readonly test: readonly ImageRef[];
  /** The jobs that scored them with the model. */
  readonly scored: { readonly validation: string; readonly test: string };
  readonly settings: InterpretabilityConfig;
  /** Of the study. */
  readonly drawSeed: number;
}
