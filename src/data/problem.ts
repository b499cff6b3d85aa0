/** What can be wrong with a data set, as plain data that can be listed, counted and printed. */
import { type FlawmapError, inputError } from '../core/error.ts';

export type ProblemKind =
  | 'no-training-images'
  | 'no-test-images'
  | 'no-good-test-images'
  | 'duplicate-stem'
  | 'broken-link'
  | 'unreadable-image'
  | 'missing-mask'
  | 'no-masks'
  | 'ambiguous-mask'
  | 'mask-for-good-image'
  | 'mask-without-image'
  | 'mask-size'
  | 'empty-mask'
  | 'unreadable-mask'
  | 'unexpected-folder'
  | 'duplicate-content'
  | 'published-counts';

export interface Problem {
  readonly kind: ProblemKind;
  /** `error`: fitting or measuring on it fails or misleads. `warning`: worth knowing. */
  readonly severity: 'error' | 'warning';
  /** Absolute path of the file or folder concerned. */
  readonly path: string;
  readonly message: string;
  /** What the owner of the data can do about it. */
  readonly remedy: string;
  /** Absolute paths of further files concerned: the other copies, the images without mask. */
  readonly others?: readonly string[];
}

/** The first problem of severity `error` as an exception, if there is one. */
export function firstError(problems: readonly Problem[]): FlawmapError | undefined {
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return undefined;
  const expected =
    'a folder of good images, or the layout of MVTec AD: train, test and ground_truth';
  return inputError({ what: problem.message, expected, remedy: problem.remedy });
}
