/** Products of images' differences to a clean PaDiM, whitened by it: what its updates consist of. */
import { internalError } from '../../core/error.ts';
import type { Tensor } from '../../tensor/elementType.ts';
import { createGraph, type Value } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { add } from '../../tensor/ops/elementwise.ts';
import { slice, transpose } from '../../tensor/ops/layout.ts';
import { matmul } from '../../tensor/ops/neural.ts';
import { reduceSumSquare } from '../../tensor/ops/reduce.ts';
import { openSession, type Session } from '../../tensor/session/session.ts';
import type { AdaptationFactors } from './adaptationFactors.ts';

/** Positions a block holds at most; some ten megabytes go into each product. */
const BLOCK = 128;

/** Products H_ab = a' inv(B) b + 1/n of some positions. The pool's images come before the targets. */
export interface ProductBlock {
  readonly first: number;
  /** Positions. */
  readonly count: number;
  readonly poolSize: number;
  readonly imageCount: number;
  /** Of images and the pool: float64 [count * imageCount * poolSize] */
  readonly products: Float64Array;
  /** Of images and themselves: float64 [count * imageCount] */
  readonly squares: Float64Array;
  /** Of pool images, where one image fewer is added: float64 [count * poolSize * poolSize] */
  readonly leftOut: Float64Array;
}

/** @param pool and targets: float32 [positions * dimension] each */
export async function whitenedProducts(
  factors: AdaptationFactors,
  pool: readonly Float32Array[],
  targets: readonly Float32Array[],
): Promise<ProductBlock[]> {
  const { positions, dimension } = factors;
  const images = [...pool, ...targets];
  const wrong = images.find(({ length }) => length !== positions * dimension);
  if (wrong !== undefined || pool.length < factors.added) {
    throw internalError({
      what: 'these images cannot adapt this PaDiM',
      expected: `at least ${factors.added} images of ${positions} x ${dimension} numbers`,
      found: wrong ? `one of ${wrong.length} numbers` : `${pool.length} images`,
    });
  }
  await using session = await openProducts(factors, pool.length, images.length);
  const differences = new Float64Array(BLOCK * images.length * dimension);
  const blocks: ProductBlock[] = [];
  for (let first = 0; first < positions; first += BLOCK) {
    const count = Math.min(BLOCK, positions - first);
    subtractMean(differences, factors, images, first, count);
    blocks.push({
      first,
      count,
      poolSize: pool.length,
      imageCount: images.length,
      ...(await runBlock(session, factors, differences, images.length, first, count)),
    });
  }
  return blocks;
}

async function runBlock(
  session: Session,
  { dimension, whole, leftOut }: AdaptationFactors,
  differences: Float64Array,
  imageCount: number,
  first: number,
  count: number,
): Promise<Pick<ProductBlock, 'products' | 'squares' | 'leftOut'>> {
  const matrix = dimension * dimension;
  const part = (factor: Float64Array) => factor.subarray(first * matrix, (first + count) * matrix);
  const tensor = (data: Float64Array, rows: number): Tensor => ({
    type: 'float64',
    dims: [count, rows, dimension],
    data,
  });
  const found = await session.run({
    differences: tensor(differences.subarray(0, count * imageCount * dimension), imageCount),
    whole: tensor(part(whole), dimension),
    leftOut: tensor(part(leftOut), dimension),
  });
  return {
    products: found.products!.data as Float64Array,
    squares: found.squares!.data as Float64Array,
    leftOut: found.ownProducts!.data as Float64Array,
  };
}

/** float64 [count, images, dimension], beside each other for the engine. */
function subtractMean(
  differences: Float64Array,
  { mean, dimension }: AdaptationFactors,
  images: readonly Float32Array[],
  first: number,
  count: number,
): void {
  // Image by image, so that each is read in one go.
  for (const [index, image] of images.entries()) {
    for (let place = 0; place < count; place++) {
      const start = (first + place) * dimension;
      const into = (place * images.length + index) * dimension;
      for (let i = 0; i < dimension; i++) {
        differences[into + i] = image[start + i]! - mean[start + i]!;
      }
    }
  }
}

/** One thread: the products of a position are too small for two to be faster. */
async function openProducts(
  { count, dimension }: AdaptationFactors,
  poolSize: number,
  imageCount: number,
): Promise<Session> {
  const graph = createGraph('whitened products');
  const input = (name: string, rows: number) =>
    graph.input(name, 'float64', ['positions', rows, dimension]);
  const differences = input('differences', imageCount);
  const white = matmul(differences, input('whole', dimension));
  const ofPool = slice(differences, 1, 0, poolSize);
  const whitePool = matmul(ofPool, input('leftOut', dimension));
  const times = (a: Value, b: Value) => add(matmul(a, transpose(b, [0, 2, 1])), 1 / count);
  graph.output('products', times(white, slice(white, 1, 0, poolSize)));
  graph.output('squares', add(reduceSumSquare(white, [2]), 1 / count));
  graph.output('ownProducts', times(whitePool, whitePool));
  return openSession(encodeModel(graph.toModel()), { threads: 1 });
}
