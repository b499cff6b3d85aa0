/** Whether a change is more than what these images may show by chance. */
import type { Loss } from '../../../result/analysis/robustness.ts';
import type { Estimate } from '../../../result/estimate.ts';

/** By the interval of the paired difference: whether it leaves out zero. */
export function verdictOf({ value, interval }: Estimate): Loss['verdict'] {
  if (value === null || interval === null) return 'not computable';
  if (interval.high < 0) return 'costs';
  return interval.low > 0 ? 'gains' : 'not shown';
}
