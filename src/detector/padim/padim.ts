/**
 * PaDiM's score graph: Mahalanobis distances of patches to the Gaussian of their position
 * (Defard et al., ICPR 2021); an image's score is the maximum of its map.
 */
import { float32 } from '../../tensor/elementType.ts';
import { sqrt, sub } from '../../tensor/ops/elementwise.ts';
import { concat, reshape, slice, transpose } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceMax, reduceSumSquare } from '../../tensor/ops/reduce.ts';
import { anomalyMap, type MapSpec } from '../anomalyMap.ts';
import type { Head } from '../head.ts';
import type { WhiteningStrip } from './whiteningStrips.ts';

export interface PadimTables {
  /** float32 [positions * dimension] */
  readonly mean: Float32Array;
  readonly whitening: readonly WhiteningStrip[];
}

export function padimHead({ mean, whitening }: PadimTables, map: MapSpec): Head {
  return ({ rows, grid, dimension }, size) => {
    const { graph } = rows;
    const positions = grid[0] * grid[1];
    const distance = graph.scope('search', () => {
      const centre = graph.constant('mean', float32(mean, [positions, dimension]));
      const differences = sub(reshape(rows, [-1, positions, dimension]), centre);
      // Each position has a matrix of its own: a batch of products, images as rows.
      const byPosition = transpose(differences, [1, 0, 2]);
      const white = whitening.map(({ values, to, width }) => {
        const strip = graph.constant('whitening', float32(values, [positions, to, width]));
        return matmul(to === dimension ? byPosition : slice(byPosition, 2, 0, to), strip);
      });
      const distances = sqrt(reduceSumSquare(concat(white, 2), [2]));
      return reshape(transpose(distances, [1, 0]), [-1]);
    });
    const anomaly = anomalyMap(distance, grid, size, map);
    return { map: anomaly, score: reduceMax(anomaly, [1, 2, 3]), found: [distance] };
  };
}
