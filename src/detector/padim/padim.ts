/**
 * PaDiM's score graph: Mahalanobis distances of patches to the Gaussian of their position
 * (Defard et al., ICPR 2021); an image's score is the maximum of its map.
 */
import { float32, type Tensor } from '../../tensor/elementType.ts';
import { sqrt, sub } from '../../tensor/ops/elementwise.ts';
import { concat, reshape, slice, transpose } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceMax, reduceSumSquare } from '../../tensor/ops/reduce.ts';
import { anomalyMap, type MapSpec } from '../anomalyMap.ts';
import type { Head } from '../head.ts';

export interface PadimTables {
  /** float32 [positions * dimension] */
  readonly mean: Float32Array;
  /** float32 [positions * dimension * dimension], lower triangular */
  readonly whitening: Float32Array;
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
      const white = upperAndLower(dimension).map(([from, to]) => {
        const strip = graph.constant('whitening', stripOf(whitening, dimension, from, to));
        return matmul(to === dimension ? byPosition : slice(byPosition, 2, 0, to), strip);
      });
      const distances = sqrt(reduceSumSquare(concat(white, 2), [2]));
      return reshape(transpose(distances, [1, 0]), [-1]);
    });
    const anomaly = anomalyMap(distance, grid, size, map);
    return { map: anomaly, score: reduceMax(anomaly, [1, 2, 3]), found: [distance] };
  };
}

/**
 * Reading the matrices takes longer than the arithmetic. They are triangles: in two strips of rows,
 * each as long as its last row, a quarter of their zeros need not be there. More strips are slower.
 */
function upperAndLower(dimension: number): readonly (readonly [from: number, to: number])[] {
  const half = Math.ceil(dimension / 2);
  return half === dimension
    ? [[0, dimension]]
    : [
        [0, half],
        [half, dimension],
      ];
}

/** The matrices' rows `from` to `to`, transposed: float32 [positions, to, to - from]. */
function stripOf(matrices: Float32Array, dimension: number, from: number, to: number): Tensor {
  const positions = matrices.length / dimension ** 2;
  const width = to - from;
  const strip = new Float32Array(positions * to * width);
  for (let position = 0; position < positions; position++) {
    for (let row = from; row < to; row++) {
      const source = (position * dimension + row) * dimension;
      const target = position * to * width + row - from;
      for (let i = 0; i <= row; i++) strip[target + i * width] = matrices[source + i]!;
    }
  }
  return float32(strip, [positions, to, width]);
}
