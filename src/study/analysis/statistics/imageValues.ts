/** A scenario image by image: what its metrics are means of. */
import type { ScenarioResult } from '../../../result/scenario.ts';
import {
  meanPlacements,
  type PlacementValues,
  placementValues,
} from '../../../stats/placementValues.ts';
import type { Labels } from '../../experiments/resample.ts';

export const labelsIn = ({ images }: Pick<ScenarioResult, 'images'>): Labels =>
  images.map(({ label }) => (label === 'anomalous' ? 1 : 0));

/** For each run (seed), the scores of the images. */
export const scoresIn = ({ images, runs }: Pick<ScenarioResult, 'images' | 'runs'>): number[][] =>
  runs.map((_, run) => images.map(({ scores }) => scores[run]!));

/** For each image, the share of runs that judge it rightly at their threshold. */
export function rightness({ images, runs }: Pick<ScenarioResult, 'images' | 'runs'>): number[] {
  return images.map(({ label, scores }) => {
    const right = runs.filter(
      ({ thresholds }, run) =>
        scores[run]! > thresholds.chosen.threshold === (label === 'anomalous'),
    );
    return right.length / runs.length;
  });
}

/** For each run; both classes must be there. */
export const placementsOf = (
  scenario: Pick<ScenarioResult, 'images' | 'runs'>,
): PlacementValues[] => {
  const labels = labelsIn(scenario);
  return scoresIn(scenario).map((scores) => placementValues(scores, labels));
};

/** For each image, the share of the other class that it is ranked rightly against, mean over runs. */
export function meanPlacementsInOrder(runs: readonly PlacementValues[], labels: Labels): number[] {
  const { normal, anomalous } = meanPlacements(runs);
  const next = [0, 0];
  return labels.map((label) => (label === 1 ? anomalous : normal)[next[label]!++]!);
}
