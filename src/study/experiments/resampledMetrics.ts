/** Which metrics vary over resampled test images as they would over other images. */
import type { Labels } from './resample.ts';

/**
 * False where a class of images that the metric counts has a single one: it is the same in every
 * draw, so that nothing shows what another image in its place would do.
 * @param metric its name; the classes it counts follow from that
 */
export function isResampled(metric: string, labels: Labels): boolean {
  return countedClasses(metric).every(
    (label) => labels.reduce<number>((sum, own) => sum + Number(own === label), 0) !== 1,
  );
}

/** 0 normal, 1 anomalous. */
function countedClasses(metric: string): readonly (0 | 1)[] {
  switch (metric.replace(/^normal_only_/, '')) {
    case 'specificity':
      return [0];
    case 'recall':
      return [1];
    default:
      return [0, 1];
  }
}
