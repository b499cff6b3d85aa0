/** Rules of thresholds as charts and tables name them. */
import type { Thresholds } from '../../result/scenario.ts';

export const RULE_TITLES: Readonly<Record<Thresholds['chosen']['rule'], string>> = {
  'f1-optimal': 'F1-optimal',
  conformal: 'Conformal',
  confident: 'Conformal with confidence',
  maximum: 'Largest normal score',
};
