/** Scenarios as charts and tables name them. */
import type { Scenario } from '../../result/scenario.ts';

export const SCENARIO_TITLES: Readonly<Record<Scenario, string>> = {
  clean: 'Clean',
  'shift-none': 'Shifted, no adaptation',
  'shift-threshold': 'Shifted, new threshold',
  'shift-full': 'Shifted, fitted anew',
};
