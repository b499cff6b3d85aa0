import { midranks } from './midranks.ts';

/** How each image stands against the images of the other class. */
export interface PlacementValues {
  /** For each anomalous image, the share of normal ones that score lower, ties counting half. */
  readonly anomalous: Float64Array;
  /** For each normal image, the share of anomalous ones that score higher. */
  readonly normal: Float64Array;
}

/**
 * The structural components of AUROC, which is the mean of either list (DeLong et al. 1988), from
 * ranks (Sun and Xu, IEEE Signal Processing Letters 21, 2014).
 * @param labels 0 normal, 1 anomalous; both present
 */
export function placementValues(
  scores: readonly number[],
  labels: readonly (0 | 1)[],
): PlacementValues {
  const overall = midranks(scores);
  const shares = (label: 0 | 1) => {
    const members = labels.flatMap((own, image) => (own === label ? [image] : []));
    const within = midranks(members.map((image) => scores[image]!));
    const others = scores.length - members.length;
    return Float64Array.from(members, (image, i) => (overall[image]! - within[i]!) / others);
  };
  return { anomalous: shares(1), normal: shares(0).map((share) => 1 - share) };
}

/** Image by image over the runs (seeds) of a method: the mean of either list is their mean AUROC. */
export function meanPlacements(runs: readonly PlacementValues[]): PlacementValues {
  const mean = (pick: (run: PlacementValues) => Float64Array) =>
    pick(runs[0]!).map(
      (_, image) => runs.reduce((sum, run) => sum + pick(run)[image]!, 0) / runs.length,
    );
  return { anomalous: mean((run) => run.anomalous), normal: mean((run) => run.normal) };
}
