import type { RunControl } from '../../src/core/progress.ts';
import {
  DEFAULT_FIT,
  type FitOptions,
  type FitReport,
  fit as fitInspector,
} from '../../src/inspection/fit.ts';

/** Fits on small images; well under a second for ten of them. */
export function quickFit(
  options: Pick<FitOptions, 'data' | 'output'> & Partial<FitOptions>,
  control: RunControl = {},
): Promise<FitReport> {
  const small = { preprocessing: { resize: 128, crop: 128 }, category: undefined };
  return fitInspector({ ...DEFAULT_FIT, ...small, ...options }, control);
}
