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

/**
 * Four times as fast from four images on as one by one: reading and writing the scatter takes longer
 * than the arithmetic, so it is done once for all of them.
 * @param embeddings each image's patches, float32 [positions * dimension]
 */
export function addImages(gaussians: Gaussians, embeddings: readonly Float32Array[]): void {
  const { positions, dimension, mean, scatter } = gaussians;
  const triangle = triangleSize(dimension);
  const differences = new Float64Array(embeddings.length * dimension);
  const inFours = embeddings.length - (embeddings.length % 4);
  for (let position = 0; position < positions; position++) {
    const start = position * dimension;
    for (let image = 0; image < embeddings.length; image++) {
      const embedding = embeddings[image]!;
      const row = image * dimension;
      const share = 1 / (gaussians.count + image + 1);
      // The outer product of the difference before the update with that after it: its square root.
      const weight = Math.sqrt((gaussians.count + image) * share);
      for (let i = 0; i < dimension; i++) {
        const difference = embedding[start + i]! - mean[start + i]!;
        mean[start + i]! += difference * share;
        differences[row + i] = weight * difference;
      }
    }
    const place = position * triangle;
    for (let image = 0; image < inFours; image += 4) {
      addFourSquares(scatter, place, differences, image * dimension, dimension);
    }
    for (let image = inFours; image < embeddings.length; image++) {
      addSquare(scatter, place, differences, image * dimension, dimension);
    }
  }
  gaussians.count += embeddings.length;
}

/** Adds x x' to the lower triangle at `place`, for the vector at `a`. */
function addSquare(
  triangles: Float64Array,
  place: number,
  vectors: Float64Array,
  a: number,
  size: number,
): void {
  for (let i = 0, row = place; i < size; row += ++i) {
    const factor = vectors[a + i]!;
    for (let j = 0; j <= i; j++) triangles[row + j]! += factor * vectors[a + j]!;
  }
}

/**
 * Adds x x' to the lower triangle at `place`, for each of the four vectors from `a` on; two rows of
 * the triangle at a time.
 * @param size of the vectors
 */
function addFourSquares(
  triangles: Float64Array,
  place: number,
  vectors: Float64Array,
  a: number,
  size: number,
): void {
  const b = a + size;
  const c = b + size;
  const d = c + size;
  let upper = place;
  let i = 0;
  // Where the rows are odd in number, the first is on its own, with one element.
  if (size % 2 === 1) {
    for (let vector = a; vector <= d; vector += size) triangles[upper]! += vectors[vector]! ** 2;
    upper += ++i;
  }
  for (; i < size; i += 2) {
    const lower = upper + i + 1;
    const a0 = vectors[a + i]!;
    const b0 = vectors[b + i]!;
    const c0 = vectors[c + i]!;
    const d0 = vectors[d + i]!;
    const a1 = vectors[a + i + 1]!;
    const b1 = vectors[b + i + 1]!;
    const c1 = vectors[c + i + 1]!;
    const d1 = vectors[d + i + 1]!;
    for (let j = 0; j <= i; j++) {
      const aj = vectors[a + j]!;
      const bj = vectors[b + j]!;
      const cj = vectors[c + j]!;
      const dj = vectors[d + j]!;
      triangles[upper + j]! += a0 * aj + b0 * bj + c0 * cj + d0 * dj;
      triangles[lower + j]! += a1 * aj + b1 * bj + c1 * cj + d1 * dj;
    }
    triangles[lower + i + 1]! += a1 * a1 + b1 * b1 + c1 * c1 + d1 * d1;
    upper = lower + i + 2;
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
