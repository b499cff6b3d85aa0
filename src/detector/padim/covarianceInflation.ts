/** What pooling categories does to PaDiM's Gaussians. */
import { internalError } from '../../core/error.ts';
import { type CholeskyWork, createCholeskyWork, factorise, setMatrix } from './choleskyRows.ts';
import { type Gaussians, triangleSize } from './gaussians.ts';
import { checkCount } from './whitening.ts';

/** Quartiles over positions, interpolated linearly. */
export interface Spread {
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
}

export interface CovarianceInflation {
  /** Trace of the pooled covariance over the category's: how much the total variance grew. */
  readonly traceRatio: Spread;
  /**
   * Natural logarithm of the ratio of their determinants, divided by the dimension: 0 where pooling
   * changed nothing, ln 2 where the variance doubled on (geometric) average over directions.
   */
  readonly logDeterminantRatio: Spread;
}

/**
 * A global model's covariance holds the scatter within the categories and that between their means.
 * Where it is inflated against a category's own, Mahalanobis distances shrink and flaws of this
 * category hide in variation that none of its normal images shows. The trace is ruled by the few
 * directions of largest variance; the determinant weighs all alike, as the distance does.
 * @param regulariser added to the diagonal of both, so that their ratio is that of what scores
 * @throws FlawmapError (input) where one has seen fewer than two images
 */
export function covarianceInflation(
  category: Gaussians,
  pooled: Gaussians,
  regulariser: number,
): CovarianceInflation {
  const { positions, dimension } = category;
  if (pooled.positions !== positions || pooled.dimension !== dimension) {
    throw internalError({
      what: 'covariances of different sizes cannot be compared',
      expected: `${positions} positions of ${dimension} dimensions`,
      found: `${pooled.positions} of ${pooled.dimension}`,
    });
  }
  const own = sizes(category, regulariser);
  const all = sizes(pooled, regulariser);
  return {
    traceRatio: spread(all.trace.map((value, i) => value / own.trace[i]!)),
    logDeterminantRatio: spread(
      all.logDeterminant.map((value, i) => (value - own.logDeterminant[i]!) / dimension),
    ),
  };
}

/** Of each position's regularised covariance. */
function sizes(gaussians: Gaussians, regulariser: number) {
  checkCount(gaussians);
  const { positions, dimension, count, scatter } = gaussians;
  const triangle = triangleSize(dimension);
  const trace = new Float64Array(positions);
  const logDeterminant = new Float64Array(positions);
  const work = createCholeskyWork(dimension, 0);
  for (let position = 0; position < positions; position++) {
    const own = scatter.subarray(position * triangle, (position + 1) * triangle);
    setMatrix(work, own, 1 / (count - 1), regulariser);
    trace[position] = diagonalSum(work, dimension, (value) => value);
    factorise(work, 0);
    logDeterminant[position] = 2 * diagonalSum(work, dimension, Math.log);
  }
  return { trace, logDeterminant };
}

function diagonalSum(
  { rows, size }: CholeskyWork,
  dimension: number,
  of: (value: number) => number,
): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) sum += of(rows[i * size + i]!);
  return sum;
}

function spread(values: Float64Array): Spread {
  const sorted = values.toSorted();
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
  };
  return { lowerQuartile: quantile(0.25), median: quantile(0.5), upperQuartile: quantile(0.75) };
}
