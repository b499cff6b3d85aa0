/**
 * Test images drawn again with replacement, normal and anomalous ones apart, as weights: how often
 * each was drawn. Everything measured on the same images takes the same weights, so that
 * differences between scenarios are paired.
 */
import type { Random } from '../../core/random.ts';

/** How often each image counts. */
export type Weights = Uint16Array;

/** Labels of the test images: 0 normal, 1 anomalous. */
export type Labels = readonly (0 | 1)[];

export function resample(labels: Labels, replicates: number, random: Random): Weights[] {
  const strata = [0, 1].map((label) =>
    labels.flatMap((own, index) => (own === label ? [index] : [])),
  );
  return Array.from({ length: replicates }, () => {
    const weights = new Uint16Array(labels.length);
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i++) weights[stratum[random.integer(stratum.length)]!]!++;
    }
    return weights;
  });
}

/** Every image left out once, for the jackknife. */
export function leaveOneOut(images: number): Weights[] {
  return Array.from({ length: images }, (_, left) =>
    new Uint16Array(images).fill(1).fill(0, left, left + 1),
  );
}

export const everyImageOnce = (images: number): Weights => new Uint16Array(images).fill(1);
