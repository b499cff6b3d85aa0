/** What thresholds are judged under, as charts and tables name it. */
import type { ThresholdCondition } from '../../../result/analysis/thresholds.ts';

export const THRESHOLD_CONDITION_TITLES: Readonly<Record<ThresholdCondition, string>> = {
  clean: 'clean',
  'shift-none': 'shifted',
  'shift-threshold': 'shifted, set anew',
};
