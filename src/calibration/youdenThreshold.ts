import { leastLoss, scoreCuts } from './scoreCuts.ts';

export interface YoudenOptimum {
  /** Anomalous when `score > threshold`. */
  readonly threshold: number;
  /** Recall + specificity - 1, in [0, 1]. */
  readonly j: number;
  /** How many other ways to part the images reach the same. */
  readonly ties: number;
}

/**
 * The threshold of the highest J = recall + specificity - 1 (Youden 1950), which does not depend on
 * the share of anomalous images. Of equal optima it is the lowest, which misses fewer anomalies.
 * @param scores finite, higher is more anomalous
 * @param labels 0 normal, 1 anomalous, as many as scores
 * @returns null without normal or without anomalous images
 * @throws FlawmapError (input) naming the index of a score that is not finite
 */
export function youdenThreshold(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): YoudenOptimum | null {
  const cuts = scoreCuts(scores, labels);
  const anomalous = cuts[0]?.missed ?? 0;
  const normal = cuts.at(-1)?.falselyFlagged ?? 0;
  if (anomalous === 0 || normal === 0) return null;
  // 1 - J times both counts is a whole number, so that ties are exact.
  const losses = cuts.map(
    ({ missed, falselyFlagged }) => missed * normal + falselyFlagged * anomalous,
  );
  const { place, ties } = leastLoss(losses);
  return {
    threshold: cuts[place]!.threshold,
    j: 1 - losses[place]! / (normal * anomalous),
    ties,
  };
}
