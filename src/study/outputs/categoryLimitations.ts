/** What cannot be measured or promised of a category in a study, in sentences. */
import { imagesNeeded } from '../../calibration/conformalRank.ts';
import { percent } from '../../calibration/percent.ts';
import type { CategorySplit } from '../../data/splits/split.ts';
import { splitLimitations } from '../../data/splits/splitLimitations.ts';
import type { StudyConfig } from '../config/studyConfig.ts';

/** Those of its split, and those that follow from the settings. Empty where nothing is wanting. */
export function categoryLimitations(split: CategorySplit, config: StudyConfig): string[] {
  return [
    ...splitLimitations(split),
    ...ofSingleImages(split),
    ...ofCalibration(split, config),
    ...ofCovariances(split, config),
  ];
}

/** A single anomalous image in all is a limitation of the split, and told there. */
function ofSingleImages({ category, val, test }: CategorySplit): string[] {
  const count = (images: CategorySplit['test'], wanted: string) =>
    images.filter(({ label }) => label === wanted).length;
  return [
    ...(count(test, 'normal') === 1
      ? [`${category} has a single good test image: the specificity rests on it.`]
      : []),
    ...(count(test, 'anomalous') === 1 && count(val, 'anomalous') > 0
      ? [`${category} has a single anomalous test image: the metrics rest on it.`]
      : []),
  ];
}

function ofCalibration({ category, val }: CategorySplit, { calibration }: StudyConfig): string[] {
  const normals = val.filter(({ label }) => label === 'normal').length;
  const needed = imagesNeeded(calibration.fpr);
  if (normals >= needed) return [];
  const images = normals === 1 ? '1 good image' : `${normals} good images`;
  return [
    `val of ${category} has ${images}, where a false positive rate of ${percent(calibration.fpr)} takes ${needed}: the normal-only threshold is the highest of their scores, which up to ${percent(1 / (normals + 1))} of good images exceed on average.`,
  ];
}

/** n images span n - 1 directions about their mean. */
function ofCovariances(
  { category, train }: CategorySplit,
  { experiments, padim }: StudyConfig,
): string[] {
  if (!experiments.methods.includes('padim') || train.length > padim.channels) return [];
  return [
    `${category} has ${train.length} images to fit on, fewer than PaDiM's ${padim.channels} channels need for a covariance: in directions in which these do not vary, the regulariser stands for it.`,
  ];
}
