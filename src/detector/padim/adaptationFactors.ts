/** What updates of a PaDiM need of the clean model; `adaptation.ts` says what B is and why. */
import { createCholeskyWork, factoriseAndInvert, setMatrix } from './choleskyRows.ts';
import { type Gaussians, triangleSize } from './gaussians.ts';
import { checkCount } from './whitening.ts';

/** What adding `added` images, whichever they are, needs of the clean model. */
export interface AdaptationFactors {
  readonly positions: number;
  readonly dimension: number;
  /** Images of the clean model. */
  readonly count: number;
  readonly added: number;
  /** float64 [positions * dimension] */
  readonly mean: Float64Array;
  /** U with U U' = inv(B), upper triangular: float64 [positions * dimension * dimension] */
  readonly whole: Float64Array;
  /** The same for one image fewer. */
  readonly leftOut: Float64Array;
}

/**
 * Keeps 16 bytes for each element of a position's matrix: 500 MB for 3136 positions and 100 channels.
 * @param regulariser the clean model's
 * @param added images that will be added, at least 1
 * @throws FlawmapError (input) where the model has seen fewer than two images
 */
export function adaptationFactors(
  gaussians: Gaussians,
  regulariser: number,
  added: number,
): AdaptationFactors {
  checkCount(gaussians);
  const { positions, dimension, count, mean } = gaussians;
  const degrees = count + added - 1;
  return {
    positions,
    dimension,
    count,
    added,
    mean: mean.slice(),
    whole: inverseFactors(gaussians, degrees * regulariser),
    leftOut: inverseFactors(gaussians, (degrees - 1) * regulariser),
  };
}

/** U with U U' = inv(S + diagonal I) for every position. */
function inverseFactors(gaussians: Gaussians, diagonal: number): Float64Array {
  const { positions, dimension, scatter } = gaussians;
  const triangle = triangleSize(dimension);
  const factors = new Float64Array(positions * dimension * dimension);
  const work = createCholeskyWork(dimension, 'same');
  const { rows, size } = work;
  for (let position = 0; position < positions; position++) {
    setMatrix(work, scatter.subarray(position * triangle, (position + 1) * triangle), 1, diagonal);
    factoriseAndInvert(work);
    for (let i = 0; i < dimension; i++) {
      const row = (size + i) * size;
      const into = (position * dimension + i) * dimension;
      for (let j = i; j < dimension; j++) factors[into + j] = rows[row + j]!;
    }
  }
  return factors;
}
