/** What a model with thresholds from elsewhere is worth on some images. */

import { type Judged, ROBUSTNESS_METRICS } from '../../../result/analysis/robustness.ts';
import type { Estimates } from '../../../result/estimate.ts';
import type { Thresholds } from '../../../result/scenario.ts';
import { estimates, type Judgement, judge } from '../../experiments/judgement.ts';
import { byName, type Sampling } from '../../experiments/sampled.ts';
import { changeFrom, missingReasons, type ScoredImages } from '../../experiments/scenario.ts';

/** Pixel metrics are not computed under conditions that are made in memory. */
const NO_PIXELS = {
  values: { pixel_auroc: null, pixel_average_precision: null, pro: null },
  counted: null,
};

/** @param scores of the images that the sampling draws */
export function judgeShifted(
  scores: readonly number[],
  { chosen, normalOnly }: Thresholds,
  sampling: Sampling,
): Judgement {
  const thresholds = { chosen: chosen.threshold, normalOnly: normalOnly.threshold };
  return judge([{ scores, ...thresholds, pixel: NO_PIXELS }], sampling);
}

export function judgedOf(
  judgement: Judgement,
  images: ScoredImages['images'],
  sampling: Sampling,
): Judged {
  const metrics = chosenMetrics(estimates(judgement, sampling));
  return { metrics, notComputable: missingReasons(metrics, { images, scores: [] }, 0) };
}

/** `after` less `before`, on the same images. */
export const changeOf = (before: Judgement, after: Judgement, sampling: Sampling): Estimates =>
  chosenMetrics(changeFrom(before, after, sampling));

const chosenMetrics = (all: Estimates): Estimates =>
  byName(ROBUSTNESS_METRICS, (name) => all[name]!);
