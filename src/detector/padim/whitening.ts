/**
 * Whitening matrices: the Mahalanobis distance of x to a Gaussian is |W (x - mean)| with W the
 * inverse of the Cholesky factor of its covariance, so that it costs one product at run time.
 */
import { inputError } from '../../core/error.ts';
import { type Gaussians, triangleSize } from './gaussians.ts';

/**
 * The paper adds 0.01 I to the covariance, an absolute number that suits features of ImageNet
 * ResNets; anomalib's comes to 0.01001.
 */
export const REGULARISER = 0.01;

/**
 * @param regulariser added to the diagonal of every covariance (ddof 1)
 * @returns float32 [positions * dimension * dimension], lower triangular
 * @throws FlawmapError (input) with fewer than two images
 */
export function whiteningMatrices(gaussians: Gaussians, regulariser: number): Float32Array {
  const { positions, dimension, count, scatter } = gaussians;
  if (count < 2) {
    throw inputError({
      what: 'PaDiM cannot estimate how much normal images vary',
      expected: 'at least 2 training images',
      found: String(count),
      remedy: 'add good images; some tens are the least that works well',
    });
  }
  const size = triangleSize(dimension);
  const matrices = new Float32Array(positions * dimension * dimension);
  const factor = new Float64Array(size);
  const inverse = new Float64Array(size);
  for (let position = 0; position < positions; position++) {
    const own = scatter.subarray(position * size, (position + 1) * size);
    choleskyOf(own, 1 / (count - 1), regulariser, dimension, factor);
    invertLower(factor, dimension, inverse);
    let place = 0;
    for (let i = 0; i < dimension; i++) {
      const start = (position * dimension + i) * dimension;
      for (let j = 0; j <= i; j++) matrices[start + j] = inverse[place++]!;
    }
  }
  return matrices;
}

/** factor with factor factor' = scale x triangle + regulariser I; lower triangles, row by row. */
function choleskyOf(
  triangle: Float64Array,
  scale: number,
  regulariser: number,
  dimension: number,
  factor: Float64Array,
): void {
  for (let i = 0, row = 0; i < dimension; row += ++i) {
    for (let j = 0, other = 0; j <= i; other += ++j) {
      let sum = scale * triangle[row + j]! + (i === j ? regulariser : 0);
      for (let k = 0; k < j; k++) sum -= factor[row + k]! * factor[other + k]!;
      factor[row + j] = i === j ? Math.sqrt(sum) : sum / factor[other + j]!;
    }
  }
}

/** The inverse of a lower triangle, row by row: e_i less the rows before it. */
function invertLower(factor: Float64Array, dimension: number, inverse: Float64Array): void {
  for (let i = 0, row = 0; i < dimension; row += ++i) {
    const diagonal = factor[row + i]!;
    inverse.fill(0, row, row + i);
    for (let j = 0, other = 0; j < i; other += ++j) {
      const weight = factor[row + j]! / diagonal;
      for (let k = 0; k <= j; k++) inverse[row + k]! -= weight * inverse[other + k]!;
    }
    inverse[row + i] = 1 / diagonal;
  }
}
