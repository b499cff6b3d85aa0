/** One score an image from the distances of its patches. */
import type { Value } from '../../tensor/graph.ts';
import { div, exp, mul, sqrt, square, sub } from '../../tensor/ops/elementwise.ts';
import {
  gather,
  gatherElements,
  gatherOnePerItem,
  reshape,
  squeeze,
  transpose,
  unsqueeze,
} from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { argMax, reduceMax, reduceMean, reduceSum, topK } from '../../tensor/ops/reduce.ts';
import type { BankInGraph, Nearest } from './nearest.ts';

export type ScoreKind = 'max' | 'reweighted' | 'topk';

export interface ScoreSpec {
  readonly kind: ScoreKind;
  /** `topk`: the share of patches that is averaged, in (0, 1]. */
  readonly topk: number;
}

/** Neighbours of the nearest bank row that reweighting looks at (the paper's b). */
const NEIGHBOURS = 9;

/**
 * @param patches float32 [N * count, dimension], centred like the bank
 * @param count patches an image
 * @returns float32 [N]
 */
export function imageScore(
  patches: Value,
  nearest: Nearest,
  bank: BankInGraph,
  count: number,
  { kind, topk }: ScoreSpec,
): Value {
  return patches.graph.scope('score', () => {
    const distances = reshape(nearest.distance, [-1, count]);
    if (kind === 'max') return reduceMax(distances, [1]);
    if (kind === 'topk') {
      const kept = Math.max(1, Math.round(topk * count));
      return reduceMean(topK(distances, kept, 'largest').values, [1]);
    }
    return reweighted(patches, nearest, bank, distances);
  });
}

/**
 * PatchCore, equation 7: the most anomalous patch's distance s* to its nearest bank row m*,
 * times 1 - softmax over the b bank rows nearest to m* (m* itself among them) of their distances
 * to the patch, taken at m*. A patch near a sparse corner of the bank counts for more.
 */
function reweighted(patches: Value, nearest: Nearest, bank: BankInGraph, distances: Value): Value {
  const [, count] = distances.shape as [unknown, number];
  const dimension = patches.shape[1] as number;
  const worst = argMax(distances, 1, true);
  const maximum = squeeze(gatherElements(distances, worst), 1);
  const rowOfWorst = gatherElements(reshape(nearest.index, [-1, count]), worst);
  const patch = gatherOnePerItem(reshape(patches, [-1, count, dimension]), worst);

  const star = gather(bank.rows, squeeze(rowOfWorst, 1));
  const products = transpose(matmul(bank.rows, transpose(star, [1, 0])), [1, 0]);
  const halfSquares = sub(mul(bank.squaredNorms, 0.5), products);
  const neighbours = topK(halfSquares, Math.min(NEIGHBOURS, bank.rowCount), 'smallest').indices;
  const rows = gather(bank.rows, neighbours);
  const toNeighbours = sqrt(reduceSum(square(sub(rows, unsqueeze(patch, 1))), [2]));
  const toStar = sqrt(reduceSum(square(sub(star, patch)), [1], true));

  // The softmax at m*, from the distances less their largest, so that exp cannot overflow.
  const largest = reduceMax(toNeighbours, [1], true);
  const share = div(
    exp(sub(toStar, largest)),
    reduceSum(exp(sub(toNeighbours, largest)), [1], true),
  );
  return mul(sub(1, squeeze(share, 1)), maximum);
}
