/** The two thresholds of every scenario, both from validation images alone. */
import { conformalThreshold } from '../../calibration/conformalThreshold.ts';
import { f1Optimal } from '../../metrics/f1Optimal.ts';
import type { Thresholds } from '../../result/scenario.ts';
import type { Labels } from './resample.ts';

/**
 * @param fpr the false positive rate that the normal-only threshold aims at; with too few images
 * it is the highest score, and says what that promises
 * @throws FlawmapError (input) without normal images
 */
export function chooseThresholds(
  scores: readonly number[],
  labels: Labels,
  fpr: number,
): Thresholds {
  const normalScores = scores.filter((_, image) => labels[image] === 0);
  const normalOnly = conformalThreshold(normalScores, fpr, 'maximum');
  const best = f1Optimal(scores, labels);
  if (best === null) return { chosen: normalOnly, normalOnly };
  const prevalence = 1 - normalScores.length / scores.length;
  const { f1, threshold } = best;
  return { chosen: { rule: 'f1-optimal', threshold, f1, prevalence }, normalOnly };
}
