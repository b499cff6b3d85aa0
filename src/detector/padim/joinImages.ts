/**
 * Images join the Gaussians of a file, without its covariances being made again. With W the whitening
 * matrix of before, n the images, e the regulariser, and v what Welford's update adds the square of, the
 * new covariance is seen through W as
 *
 *     M = b I + (e' - b e) W W' + sum (W v)(W v)' / (n' - 1),   b = (n - 1) / (n' - 1)
 *
 * (the regulariser is taken out before images join: it would be counted twice), and with C its Cholesky
 * factor the new whitening matrix is inv(C) W. M is nearly b I where images are like those before, so
 * float32 does for it, which it does not for covariances (e' is at least b e: M is never less than b I); all
 * but two small factors are matrix products.
 */
import type { RunControl } from '../../core/progress.ts';
import type { EmbeddingSource } from '../embeddingSource.ts';
import { createCholeskyWork, factoriseAndInvert } from './choleskyRows.ts';
import { type JoinProducts, openJoinProducts } from './joinProducts.ts';
import type { StoredGaussians } from './storedGaussians.ts';
import { regulariserFor, varianceFor } from './whitening.ts';
import type { WhiteningStrip } from './whiteningStrips.ts';

/** Positions that are worked on together: their matrices fit into a processor's cache. */
const POSITIONS_AT_ONCE = 196;
/** Images whose squares are added in one product. */
const IMAGES_AT_ONCE = 32;

export interface JoinedGaussians {
  /** float32 [positions * dimension] */
  readonly mean: Float32Array;
  readonly whitening: readonly WhiteningStrip[];
  readonly regulariser: number;
}

/**
 * @param stored used up: mean and strips change in place
 * @param source the new images' embeddings, image by image
 * @param standardised whether the regulariser follows the features' variance
 */
export async function joinImages(
  stored: StoredGaussians,
  source: EmbeddingSource,
  standardised: boolean,
  { signal, onProgress }: RunControl = {},
): Promise<JoinedGaussians> {
  const { positions, dimension, count, mean, strips, regulariser: before } = stored;
  const degrees = count - 1 + source.rowCount / positions;
  const kept = (count - 1) / degrees;
  const regulariser = standardised
    ? regulariserFor(kept * varianceFor(before) + (await meanSquare(stored, source)) / degrees)
    : before;
  await using products = await openJoinProducts(dimension);
  for (let from = 0; from < positions; from += POSITIONS_AT_ONCE) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'taking the images in', done: from, total: positions });
    const to = Math.min(positions, from + POSITIONS_AT_ONCE);
    const own = strips.map(({ values }) => {
      const size = values.length / positions;
      return values.subarray(from * size, to * size);
    });
    let seen = await products.start(own, kept, regulariser - kept * before);
    const moved = await eachDifference(stored, source, from, to, async (differences) => {
      seen = await products.add(own, differences, 1 / degrees, seen);
    });
    mean.set(moved, from * dimension);
    for (const [i, strip] of (await newStrips(products, own, seen)).entries()) own[i]!.set(strip);
  }
  return { mean, whitening: strips, regulariser };
}

/**
 * Welford's update of some positions, images by images: the scatter grows by the squares of what it
 * gives, float32 [positions, images, dimension].
 * @returns the new means, float64 [positions * dimension]
 */
async function eachDifference(
  { positions, dimension, count, mean }: StoredGaussians,
  source: EmbeddingSource,
  from: number,
  to: number,
  use: (differences: Float32Array) => Promise<void>,
): Promise<Float64Array> {
  const images = source.rowCount / positions;
  const means = Float64Array.from(mean.subarray(from * dimension, to * dimension));
  for (let first = 0; first < images; first += IMAGES_AT_ONCE) {
    const together = Math.min(IMAGES_AT_ONCE, images - first);
    const read = await Promise.all(
      Array.from({ length: together }, (_, i) => {
        const start = (first + i) * positions;
        return source.readRange(start + from, start + to);
      }),
    );
    const differences = new Float32Array(together * means.length);
    for (const [image, rows] of read.entries()) {
      const seen = count + first + image;
      const share = 1 / (seen + 1);
      // The outer product of the difference before the update with that after it: its square root.
      const weight = Math.sqrt(seen * share);
      for (let i = 0; i < means.length; i++) {
        const channel = i % dimension;
        const place = ((i - channel) / dimension) * together + image;
        const difference = rows[i]! - means[i]!;
        means[i]! += difference * share;
        differences[place * dimension + channel] = weight * difference;
      }
    }
    await use(differences);
  }
  return means;
}

/** What the images add to the scatter of a channel, on average over channels and positions. */
async function meanSquare(stored: StoredGaussians, source: EmbeddingSource): Promise<number> {
  let sum = 0;
  for (let from = 0; from < stored.positions; from += POSITIONS_AT_ONCE) {
    const to = Math.min(stored.positions, from + POSITIONS_AT_ONCE);
    await eachDifference(stored, source, from, to, async (differences) => {
      for (const value of differences) sum += value * value;
    });
  }
  return sum / stored.mean.length;
}

/** @param seen M, float32 [positions, dimension, dimension] */
async function newStrips(
  products: JoinProducts,
  own: readonly Float32Array[],
  seen: Float32Array,
): Promise<readonly Float32Array[]> {
  const { upper, dimension } = products;
  const lower = dimension - upper;
  const inverse = invertedFactors(seen, dimension, upper);
  if (lower === 0) return products.applied(own, inverse, null);
  const { between, rest } = await products.split(seen, inverse);
  return products.applied(own, inverse, { between, inverse: invertedFactors(rest, lower, lower) });
}

/**
 * The inverse Cholesky factors of the upper left squares of some matrices.
 * @param matrices float32 [n, size, size]
 * @returns lower triangles, float32 [n, count, count]
 */
function invertedFactors(matrices: Float32Array, size: number, count: number): Float32Array {
  const work = createCholeskyWork(count, 'same');
  const inverses = new Float32Array((matrices.length / size ** 2) * count ** 2);
  for (let matrix = 0, at = 0; at < matrices.length; matrix++, at += size ** 2) {
    for (let row = 0; row < count; row++) {
      for (let column = 0; column <= row; column++) {
        work.rows[row * work.size + column] = matrices[at + row * size + column]!;
      }
    }
    factoriseAndInvert(work);
    for (let column = 0; column < count; column++) {
      const start = (work.size + column) * work.size;
      for (let row = column; row < count; row++) {
        inverses[(matrix * count + row) * count + column] = work.rows[start + row]!;
      }
    }
  }
  return inverses;
}
