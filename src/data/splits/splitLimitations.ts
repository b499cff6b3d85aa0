/** What cannot be measured or promised with a split, in sentences for a report. */
import { defectSizes } from './defectSizes.ts';
import { type CategorySplit, imagesOf } from './split.ts';

/** Empty where nothing is wanting. */
export function splitLimitations(split: CategorySplit): readonly string[] {
  return [...ofAnomalies(split), ...ofNormals(split), ...ofMasks(split)];
}

function ofAnomalies(split: CategorySplit): string[] {
  const { category, val, test } = split;
  const sizes = defectSizes(imagesOf(split));
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (all === 0) {
    return [
      `${category} has no anomalous images: there is no F1-optimal threshold, and of the image metrics only the specificity means something.`,
    ];
  }
  if (all === 1) {
    return [
      `${category} has a single anomalous image, which is tested on: there is no F1-optimal threshold, and the metrics rest on this one image.`,
    ];
  }
  const singles = [...sizes].filter(([, size]) => size === 1).map(([type]) => type);
  const limitations: string[] = [];
  if (defectSizes(test).size === 0) {
    limitations.push(
      `All anomalous images of ${category} are in val: of the image metrics only the specificity means something.`,
    );
  }
  if (defectSizes(val).size === 0) {
    limitations.push(
      `val of ${category} has no anomalous images: there is no F1-optimal threshold.`,
    );
  }
  if (singles.length > 0) {
    limitations.push(
      `${category} has a single image each of ${singles.join(', ')}: it is tested on, and no threshold was set with it.`,
    );
  }
  return limitations;
}

function ofNormals({ category, test }: CategorySplit): string[] {
  if (test.some(({ label }) => label === 'normal')) return [];
  return [
    `${category} has no good test images: false alarms cannot be measured, so there is no AUROC and no specificity, and the precision is 1 at any threshold.`,
  ];
}

function ofMasks({ category, test }: CategorySplit): string[] {
  const anomalous = test.filter(({ label }) => label === 'anomalous');
  const without = anomalous.filter(({ mask }) => mask === null).length;
  if (without === 0) return [];
  if (without === anomalous.length) {
    return [`${category} has no masks in test: there are no pixel metrics.`];
  }
  return [
    `${without} of ${anomalous.length} anomalous test images of ${category} have no mask: pixel metrics leave them out.`,
  ];
}
