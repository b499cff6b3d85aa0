/** Mean and spread of every dimension, row by row: what standardised embeddings are divided by. */

export interface Standardisation {
  /** float64 [dimension] */
  readonly mean: Float64Array;
  /** Standard deviation, at least a millionth of the largest; float64 [dimension] */
  readonly deviation: Float64Array;
}

/** Plain data: survives JSON. */
export interface ColumnMoments {
  readonly count: number;
  readonly mean: readonly number[];
  /** Mean squared distance from the mean (ddof 0). */
  readonly variance: readonly number[];
}

export interface ColumnStatistics {
  /** @param rows float32 [count * dimension] */
  add(rows: Float32Array): void;
  /** Of all rows so far. */
  moments(): ColumnMoments;
}

export function createColumnStatistics(dimension: number): ColumnStatistics {
  // Sums about the first row: without that, sums of squares would cancel.
  let origin: Float32Array | undefined;
  const sums = new Float64Array(dimension);
  const squares = new Float64Array(dimension);
  let count = 0;
  return {
    add(rows) {
      origin ??= rows.slice(0, dimension);
      for (let start = 0; start < rows.length; start += dimension) {
        for (let i = 0; i < dimension; i++) {
          const offset = rows[start + i]! - origin[i]!;
          sums[i]! += offset;
          squares[i]! += offset * offset;
        }
      }
      count += rows.length / dimension;
    },
    moments: () => ({
      count,
      mean: Array.from(sums, (sum, i) => origin![i]! + sum / count),
      variance: Array.from(squares, (square, i) =>
        Math.max(0, square / count - (sums[i]! / count) ** 2),
      ),
    }),
  };
}

/** Of several sets of rows taken together (Chan, Golub and LeVeque 1983). */
export function mergeMoments([first, ...others]: readonly ColumnMoments[]): ColumnMoments {
  return others.reduce((merged, other) => {
    const count = merged.count + other.count;
    const share = other.count / count;
    return {
      count,
      mean: merged.mean.map((mean, i) => mean + (other.mean[i]! - mean) * share),
      variance: merged.variance.map(
        (variance, i) =>
          variance * (1 - share) +
          other.variance[i]! * share +
          (other.mean[i]! - merged.mean[i]!) ** 2 * share * (1 - share),
      ),
    };
  }, first!);
}

export function standardisationOf({ mean, variance }: ColumnMoments): Standardisation {
  const deviation = Float64Array.from(variance, Math.sqrt);
  const floor = Math.max(...deviation) * 1e-6 || 1;
  return {
    mean: Float64Array.from(mean),
    deviation: deviation.map((value) => Math.max(value, floor)),
  };
}
