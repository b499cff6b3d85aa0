/**
 * Whitening matrices: the Mahalanobis distance of x to a Gaussian is |W (x - mean)| with W the
 * inverse of the Cholesky factor of its covariance, so that it costs one product at run time.
 */
import { inputError } from '../../core/error.ts';
import { createCholeskyWork, factoriseAndInvert, setMatrix } from './choleskyRows.ts';
import { type Gaussians, meanVariance, triangleSize } from './gaussians.ts';

/**
 * The paper adds 0.01 I to the covariance, an absolute number that suits features of ImageNet
 * ResNets; anomalib's comes to 0.01001.
 */
const REGULARISER = 0.01;

/**
 * What is added to the diagonal of covariances.
 * @param standardised whether the features have a scale of their own, which it then follows; where
 * they do not vary at all it is the paper's number, as without it there would be no inverse
 */
export const regulariserOf = (gaussians: Gaussians, standardised: boolean): number =>
  standardised ? regulariserFor(meanVariance(gaussians)) : REGULARISER;

/** For standardised features of this variance, on average over channels and positions. */
export const regulariserFor = (variance: number): number => REGULARISER * (variance || 1);

/** What `regulariserFor` was told. */
export const varianceFor = (regulariser: number): number => regulariser / REGULARISER;

/**
 * @param regulariser added to the diagonal of every covariance (ddof 1)
 * @returns float32 [positions * dimension * dimension], lower triangular
 * @throws FlawmapError (input) with fewer than two images
 */
export function whiteningMatrices(gaussians: Gaussians, regulariser: number): Float32Array {
  checkCount(gaussians);
  const { positions, dimension, count, scatter } = gaussians;
  const triangle = triangleSize(dimension);
  const matrices = new Float32Array(positions * dimension * dimension);
  const work = createCholeskyWork(dimension, 'same');
  for (let position = 0; position < positions; position++) {
    const own = scatter.subarray(position * triangle, (position + 1) * triangle);
    setMatrix(work, own, 1 / (count - 1), regulariser);
    factoriseAndInvert(work);
    const start = position * dimension * dimension;
    for (let i = 0; i < dimension; i++) {
      const row = (work.size + i) * work.size;
      for (let j = i; j < dimension; j++) {
        matrices[start + j * dimension + i] = work.rows[row + j]!;
      }
    }
  }
  return matrices;
}

/** @throws FlawmapError (input) with fewer than two images */
export function checkCount({ count }: Gaussians): void {
  if (count >= 2) return;
  throw inputError({
    what: 'PaDiM cannot estimate how much normal images vary',
    expected: 'at least 2 training images',
    found: String(count),
    remedy: 'add good images; some tens are the least that works well',
  });
}
