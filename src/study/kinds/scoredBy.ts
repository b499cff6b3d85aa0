/** Brings together what jobs have found of a model, for one category. */
import type { JobContext } from '../../pipeline/kind.ts';
import { readScores } from '../artifacts/scores.ts';
import type { ScenarioScores, ScoredImages } from '../experiments/scenario.ts';
import type { ImageRef } from '../images.ts';
import type { ScoredBy } from './jobOptions.ts';
import { type PixelDocument, readPixels } from './localise.ts';

type Inputs = JobContext['inputs'];

/** The scores of these images, in this order, for each seed. */
export async function scoredImages(
  folder: string,
  images: readonly ImageRef[],
): Promise<ScoredImages> {
  const { seeds, images: scored } = await readScores(folder);
  const scoresOf = new Map(scored.map(({ id, scores }) => [id, scores]));
  return {
    images,
    scores: seeds.map((_, place) => images.map(({ id }) => scoresOf.get(id)![place]!)),
  };
}

/** @param seed of one run alone; undefined: of all */
export async function scenarioScores(
  inputs: Inputs,
  by: ScoredBy,
  validation: readonly ImageRef[],
  test: readonly ImageRef[],
  seed?: number,
): Promise<ScenarioScores & { readonly document: PixelDocument }> {
  const { document, runs } = await readPixels(inputs[by.pixel]!, test);
  const { seeds } = await readScores(inputs[by.test]!);
  const only = <T>(all: readonly T[]): readonly T[] =>
    seed === undefined ? all : [all[seeds.indexOf(seed)]!];
  const scored = async (job: string, images: readonly ImageRef[]): Promise<ScoredImages> => {
    const found = await scoredImages(inputs[job]!, images);
    return { ...found, scores: only(found.scores) };
  };
  return {
    validation: await scored(by.validation, validation),
    test: await scored(by.test, test),
    pixel: only(runs),
    document,
  };
}
