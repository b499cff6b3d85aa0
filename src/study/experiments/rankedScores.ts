/** AUROC and average precision of weighted images, without sorting them again for each weighting. */
import type { Labels, Weights } from './resample.ts';

export interface RankedScores {
  /** Image indices by descending score. */
  readonly order: Int32Array;
  /** For each place in `order`, whether the next one has a lower score. */
  readonly endsTie: Uint8Array;
}

export function rankScores(scores: readonly number[]): RankedScores {
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const endsTie = Uint8Array.from(order, (image, place) => {
    const next = order[place + 1];
    return next === undefined || scores[next]! < scores[image]! ? 1 : 0;
  });
  return { order, endsTie };
}

/**
 * As scikit-learn's `roc_auc_score` and `average_precision_score` with `sample_weight`; NaN where
 * one of the classes has no weight.
 */
export function weightedRanking(
  { order, endsTie }: RankedScores,
  labels: Labels,
  weights: Weights,
): { readonly auroc: number; readonly averagePrecision: number } {
  let normals = 0;
  let anomalies = 0;
  let normalsInTie = 0;
  let anomaliesInTie = 0;
  /** Pairs in which the anomalous image scores higher; ties count half. */
  let pairs = 0;
  let precisions = 0;
  for (let place = 0; place < order.length; place++) {
    const image = order[place]!;
    if (labels[image] === 1) anomaliesInTie += weights[image]!;
    else normalsInTie += weights[image]!;
    if (endsTie[place] === 0) continue;
    pairs += normalsInTie * (anomalies + anomaliesInTie / 2);
    normals += normalsInTie;
    anomalies += anomaliesInTie;
    if (anomaliesInTie > 0) precisions += (anomaliesInTie * anomalies) / (normals + anomalies);
    normalsInTie = 0;
    anomaliesInTie = 0;
  }
  if (normals === 0 || anomalies === 0) return { auroc: Number.NaN, averagePrecision: Number.NaN };
  return { auroc: pairs / (normals * anomalies), averagePrecision: precisions / anomalies };
}
