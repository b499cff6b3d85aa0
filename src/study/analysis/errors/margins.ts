/** How far scores lie above or below the threshold, in a unit that methods share. */
import type { ThresholdKind } from '../../../result/analysis/errors.ts';
import { type Measure, measure, notComputable } from '../../../result/analysis/figure.ts';
import { deviationOf } from '../../experiments/sampled.ts';
import type { ScoredMethod } from './errorInput.ts';

export interface Margins {
  readonly threshold: number;
  /** The standard deviation (ddof 1) of the normal validation scores. */
  readonly scale: Measure;
  /** Of the test images; null where there is no scale. */
  readonly margins: readonly (number | null)[];
}

export function marginsOf(
  { thresholds, normalScores, scores }: ScoredMethod,
  kind: ThresholdKind,
): Margins {
  const { threshold } = kind === 'chosen' ? thresholds.chosen : thresholds.normalOnly;
  const scale = scaleOf(normalScores);
  const margins = scores.map((score) =>
    scale.value === null ? null : (score - threshold) / scale.value,
  );
  return { threshold, scale, margins };
}

function scaleOf(normalScores: readonly number[]): Measure {
  const deviation = deviationOf(normalScores);
  if (deviation === null) return notComputable('fewer than two normal validation images');
  return deviation > 0
    ? measure(deviation)
    : notComputable('all normal validation images have one score');
}
