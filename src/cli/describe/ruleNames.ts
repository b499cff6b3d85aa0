import type { Calibration } from '../../calibration/calibration.ts';

/** Where a threshold comes from, in a word or two. */
export const RULE_NAMES: Readonly<Record<Calibration['image']['rule'], string>> = {
  conformal: 'conformal',
  confident: 'conformal, with confidence',
  maximum: 'the highest normal score',
  'f1-optimal': 'highest F1',
};
