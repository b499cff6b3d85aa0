/** What the interpretability job reads before it opens the model. */

import type { Sample } from '../../../data/dataset.ts';
import { seenPart } from '../../../detector/mapGeometry.ts';
import { decodeMask } from '../../../image/decodeMask.ts';
import type { JobContext } from '../../../pipeline/kind.ts';
import {
  chooseExplained,
  type ExplainedImage,
} from '../../analysis/interpretability/chooseImages.ts';
import { defectivePatches } from '../../analysis/interpretability/defectivePatches.ts';
import { farthestPatch } from '../../analysis/interpretability/explanation.ts';
import { readDistances, readScores } from '../../artifacts/scores.ts';
import type { ImageRef } from '../../images.ts';
import { conditionSamples } from '../condition.ts';
import { scoredImages } from '../scoredBy.ts';
import type { InterpretabilityOptions } from './interpretabilityOptions.ts';

type Context = JobContext<InterpretabilityOptions>;

/** By the model's scores. */
export async function explainedImages({ options, inputs }: Context): Promise<ExplainedImage[]> {
  const { test, scored, seed, settings } = options;
  const folder = inputs[scored.test]!;
  const { seeds } = await readScores(folder);
  const { scores } = await scoredImages(folder, test);
  return chooseExplained(test, scores[seeds.indexOf(seed)]!, settings);
}

/** Each once, in the order of the options. */
export function samplesFor(context: Context, wanted: readonly ImageRef[]): Promise<Sample[]> {
  const { category, test } = context.options;
  const ids = new Set(wanted.map(({ id }) => id));
  const images = test.filter(({ id }) => ids.has(id));
  return conditionSamples({ ...context, options: { category, images, condition: null } });
}

/** By id, the defective patches of the samples that have a mask. */
export async function defectiveIn(
  samples: readonly Sample[],
  grid: readonly [number, number],
  { network: { preprocessing } }: InterpretabilityOptions,
): Promise<Map<string, Uint8Array>> {
  const defective = new Map<string, Uint8Array>();
  for (const { id, maskPath } of samples) {
    if (maskPath === undefined) continue;
    const mask = await decodeMask(maskPath);
    const seen = seenPart(mask.width, mask.height, preprocessing);
    defective.set(id, defectivePatches(mask, seen, grid));
  }
  return defective;
}

/** The largest patch distance of each normal validation image. */
export async function largestDistances(
  { options, inputs }: Context,
  grid: readonly [number, number],
): Promise<number[]> {
  const folder = inputs[options.scored.validation]!;
  const { images } = await readScores(folder);
  const distances = await readDistances(folder, options.seed);
  const normal = options.validation.filter(({ label }) => label === 'normal');
  const patches = grid[0] * grid[1];
  return normal.map(({ id }) => {
    const place = images.findIndex((image) => image.id === id);
    const own = distances.subarray(place * patches, (place + 1) * patches);
    return own[farthestPatch(own)]!;
  });
}
