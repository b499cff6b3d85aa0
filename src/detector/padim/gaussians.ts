/**
 * One Gaussian for each patch position, learnt image by image: count, mean and scatter matrix in
 * float64, so memory does not depend on the number of images (Welford 1962; the merge is that of
 * Chan, Golub and LeVeque 1983).
 */

export interface Gaussians {
  readonly positions: number;
  readonly dimension: number;
  /** Images seen. */
  count: number;
  /** float64 [positions * dimension] */
  readonly mean: Float64Array;
  /** Lower triangles, row by row: float64 [positions * dimension * (dimension + 1) / 2] */
  readonly scatter: Float64Array;
}

export const triangleSize = (dimension: number): number => (dimension * (dimension + 1)) / 2;

export function createGaussians(positions: number, dimension: number): Gaussians {
  return {
    positions,
    dimension,
    count: 0,
    mean: new Float64Array(positions * dimension),
    scatter: new Float64Array(positions * triangleSize(dimension)),
  };
}

/** Bytes that fitting takes, to refuse a setting before any image is read. */
export function gaussiansBytes(positions: number, dimension: number): number {
  return 8 * positions * (dimension + triangleSize(dimension));
}

/** @param embedding one image's patches, float32 [positions * dimension] */
export function addImage(gaussians: Gaussians, embedding: Float32Array): void {
  const { positions, dimension, mean, scatter } = gaussians;
  gaussians.count++;
  const share = 1 / gaussians.count;
  // The outer product of the difference before the update with that after it.
  const weight = (gaussians.count - 1) / gaussians.count;
  const difference = new Float64Array(dimension);
  let place = 0;
  for (let position = 0; position < positions; position++) {
    const start = position * dimension;
    for (let i = 0; i < dimension; i++) {
      difference[i] = embedding[start + i]! - mean[start + i]!;
      mean[start + i]! += difference[i]! * share;
    }
    for (let i = 0; i < dimension; i++) {
      const factor = weight * difference[i]!;
      for (let j = 0; j <= i; j++) scatter[place++]! += factor * difference[j]!;
    }
  }
}

/** Adds what another has seen: S += S2 + d d' n k / (n + k). */
export function merge(gaussians: Gaussians, other: Gaussians): void {
  const { positions, dimension, mean, scatter } = gaussians;
  const total = gaussians.count + other.count;
  if (other.count === 0) return;
  const share = other.count / total;
  const weight = gaussians.count * share;
  const difference = new Float64Array(dimension);
  let place = 0;
  for (let position = 0; position < positions; position++) {
    const start = position * dimension;
    for (let i = 0; i < dimension; i++) {
      difference[i] = other.mean[start + i]! - mean[start + i]!;
      mean[start + i]! += difference[i]! * share;
    }
    for (let i = 0; i < dimension; i++) {
      const factor = weight * difference[i]!;
      for (let j = 0; j <= i; j++, place++) {
        scatter[place]! += other.scatter[place]! + factor * difference[j]!;
      }
    }
  }
  gaussians.count = total;
}

/** The variance of a channel on average over channels and positions (ddof 1). */
export function meanVariance({ positions, dimension, count, scatter }: Gaussians): number {
  let sum = 0;
  for (let position = 0, place = -1; position < positions; position++) {
    for (let i = 0; i < dimension; i++) {
      place += i + 1;
      sum += scatter[place]!;
    }
  }
  return sum / (positions * dimension * Math.max(1, count - 1));
}
