/** A model that tells what its distances are made of. */
import { join } from 'node:path';
import { readGaussians } from '../../../detector/padim/gaussianFile.ts';
import { whiteningMatrices } from '../../../detector/padim/whitening.ts';
import {
  mahalanobisTerms,
  squaredDifferences,
} from '../../analysis/interpretability/distanceTerms.ts';
import { readJson } from '../../artifacts/binaryFile.ts';
import { openScorer } from '../../artifacts/scorer.ts';
import type { StoredBank } from '../bank.ts';
import { GAUSSIANS, type GaussiansDocument, STATISTICS } from '../gaussians.ts';

export interface ExplainedPatches {
  /** float32 [patches] */
  readonly distances: Float32Array;
  /** By channel, the terms of each squared distance: float64 [patches * dimension] */
  readonly terms: Float64Array;
  /** PatchCore: the nearest bank row of each patch. */
  readonly nearest: Int32Array | null;
}

export interface Explainer extends AsyncDisposable {
  /** @param embedding of one image, float32 [patches * dimension] */
  explain(embedding: Float32Array): Promise<ExplainedPatches>;
}

/** @param folder the artifact that the bank was read from */
export async function openPatchcoreExplainer(
  folder: string,
  seed: number,
  { bank: { rows, dimension }, standardisation }: StoredBank,
): Promise<Explainer> {
  const scorer = await openScorer(folder, seed, { dimension, nearest: true });
  const deviation = standardisation?.deviation ?? null;
  return {
    async explain(embedding) {
      const { distances, nearest } = await scorer.score(embedding);
      const terms = squaredDifferences(embedding, rows, nearest!, dimension, deviation);
      return { distances, terms, nearest: nearest! };
    },
    [Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
  };
}

/** @param seed the first of those fitted: its Gaussians alone are kept */
export async function openPadimExplainer(folder: string, seed: number): Promise<Explainer> {
  const { models, dimension } = await readJson<GaussiansDocument>(join(folder, GAUSSIANS));
  const { regulariser } = models.find((model) => model.seed === seed)!;
  const gaussians = await readGaussians(join(folder, STATISTICS));
  const whitening = whiteningMatrices(gaussians, regulariser);
  const scorer = await openScorer(folder, seed, { dimension });
  return {
    async explain(embedding) {
      const { distances } = await scorer.score(embedding);
      const terms = mahalanobisTerms(embedding, gaussians.mean, whitening, dimension);
      return { distances, terms, nearest: null };
    },
    [Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
  };
}
