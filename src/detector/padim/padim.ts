/** PaDiM's score graph: Mahalanobis distances of patches to the Gaussian of their position. */
import { float32 } from '../../tensor/elementType.ts';
import type { Value } from '../../tensor/graph.ts';
import { sqrt, sub } from '../../tensor/ops/elementwise.ts';
import { reshape, transpose } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceMax, reduceSumSquare } from '../../tensor/ops/reduce.ts';
import { anomalyMap, type MapSpec } from '../anomalyMap.ts';
import type { Embedding } from '../embedding.ts';

export interface PadimTables {
  /** float32 [positions * dimension] */
  readonly mean: Float32Array;
  /** float32 [positions * dimension * dimension], lower triangular */
  readonly whitening: Float32Array;
}

export interface PadimScored {
  /** float32 [N, 1, height, width] */
  readonly map: Value;
  /** The map's maximum, float32 [N] */
  readonly score: Value;
  /** float32 [N * positions] */
  readonly distance: Value;
}

/** @param size height and width of the map */
export function padimScore(
  { rows, grid, dimension }: Embedding,
  { mean, whitening }: PadimTables,
  map: MapSpec,
  size: readonly [number, number],
): PadimScored {
  const { graph } = rows;
  const positions = grid[0] * grid[1];
  const distance = graph.scope('search', () => {
    const centre = graph.constant('mean', float32(mean, [positions, dimension]));
    const matrices = graph.constant(
      'whitening',
      float32(whitening, [positions, dimension, dimension]),
    );
    const differences = sub(reshape(rows, [-1, positions, dimension]), centre);
    // Each position has a matrix of its own: a batch of products, images side by side as columns.
    const white = matmul(matrices, transpose(differences, [1, 2, 0]));
    const distances = sqrt(reduceSumSquare(white, [1]));
    return reshape(transpose(distances, [1, 0]), [-1]);
  });
  const anomaly = anomalyMap(distance, grid, size, map);
  return { map: anomaly, score: reduceMax(anomaly, [1, 2, 3]), distance };
}
