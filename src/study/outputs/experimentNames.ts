/** How experiments are called in configuration and stages, and in files. */
import type { ExperimentName } from '../../result/result.ts';
import type { Stage } from '../plan/stages.ts';

export const EXPERIMENT_NAMES = {
  clean: 'clean',
  'shift-none': 'shift_no_adaptation',
  'shift-threshold': 'shift_threshold_only',
  'shift-full': 'shift_with_adaptation',
  ladder: 'adaptation_ladder',
  global: 'global',
} as const satisfies Partial<Record<Stage, ExperimentName>>;

export type Experiment = keyof typeof EXPERIMENT_NAMES;
export const EXPERIMENTS = Object.keys(EXPERIMENT_NAMES) as readonly Experiment[];
