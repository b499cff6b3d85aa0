/** The clean model of one category and method, on images as they are and shifted. */
import type { Method } from '../../../result/scenario.ts';
import type { ImageRef } from '../../images.ts';

export interface CleanAndShifted {
  readonly category: string;
  readonly method: Method;
  readonly seed: number;
  readonly validation: readonly ImageRef[];
  readonly test: readonly ImageRef[];
  /** Jobs that scored them with the clean model, as they are and shifted. */
  readonly clean: string;
  readonly shifted: string;
}
