/**
 * Images of a batch that do not look like the others. After a change of light every image is
 * suspicious to the old threshold; so a batch is measured by itself: by how its scores spread, and by
 * how far each image is from the others.
 */
import type { RunControl } from '../../core/progress.ts';
import type { Random } from '../../core/random.ts';
import { robustZ } from '../../stats/robust.ts';
import { imageScores, leaveOneOut } from '../audit/leaveOneOut.ts';

/** Iglewicz and Hoaglin's. */
const OUTLIER = 3.5;
/** Spread of logarithms assumed at least: 3.5 of it is 42%. */
const LEAST_LOG_SPREAD = 0.1;

/**
 * How strange each image is to the first `reference` ones, itself left out: robust standard
 * deviations above their median. What becomes of those does not depend on the images after them.
 * @param points of each image, float32 [points * dimension]
 * @param reference how many say what is usual, at least 3
 */
export async function strangeness(
  points: readonly Float32Array[],
  dimension: number,
  reference: number,
  random: Random,
  control: RunControl,
): Promise<number[]> {
  const count = points.length;
  const found = await leaveOneOut(points, dimension, random, control, reference);
  return outlyingness(imageScores(found, count, reference), reference);
}

/**
 * Robust standard deviations of each value's logarithm above the median.
 * @param reference how many of them, the first, say what is usual; default all
 */
export function outlyingness(values: readonly number[], reference = values.length): number[] {
  const logs = values.map((value) => Math.log(Math.max(value, 1e-9)));
  return robustZ(logs, LEAST_LOG_SPREAD, logs.slice(0, reference));
}

/** Why an image is suspicious; null where it is not. */
export function suspicion(score: number, distance: number): string | null {
  const reasons = [
    ...(score > OUTLIER ? [`its score is ${said(score)}`] : []),
    ...(distance > OUTLIER ? [`its distance to the other new images is ${said(distance)}`] : []),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
}

const said = (z: number) => `${z.toFixed(1)} robust standard deviations above their median`;
