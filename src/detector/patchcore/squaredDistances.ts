/** Squared distances between patches and rows of a bank, as products of matrices. */
import { asFloat32, float32 } from '../../tensor/elementType.ts';
import { createGraph, type Value } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { add, mul } from '../../tensor/ops/elementwise.ts';
import { concat, slice } from '../../tensor/ops/layout.ts';
import { matmul, scaledProduct } from '../../tensor/ops/neural.ts';
import { reduceMin, reduceSumSquare } from '../../tensor/ops/reduce.ts';
import { ON_PROCESSOR, openSession, type Session } from '../../tensor/session/session.ts';
import { centred, columnMeans, squaredNorms } from './memoryBank.ts';

/**
 * @param images points of each image, float32 [patches * dimension]
 * @param bankPoints float32 [rowCount * dimension]
 * @returns for each image the squared distance of its points to the nearest of the bank's
 */
export async function squaredDistancesToBank(
  images: readonly Float32Array[],
  bankPoints: Float32Array,
  dimension: number,
): Promise<Float32Array[]> {
  const centre = columnMeans(bankPoints, dimension);
  const graph = createGraph('least squared distances');
  const x = graph.input('x', 'float32', ['n', dimension]);
  const least = reduceMin(squaresLessOwn(x, centred(bankPoints, centre)), [1], true);
  graph.output('y', add(least, reduceSumSquare(x, [1], true)));
  await using session = await openSession(encodeModel(graph.toModel()), ON_PROCESSOR);
  const distances: Float32Array[] = [];
  for (const points of images) {
    const { y } = await session.run({ x: matrix(centred(points, centre), dimension) });
    distances.push(asFloat32(y!).map((square) => Math.max(0, square)));
  }
  return distances;
}

/**
 * |r|^2 - 2rx of each x and row r, float32 [n, rows]: squared distances less |x|^2. As in `kCenter.ts` a
 * product does it all, of points that have one more coordinate, which is 1, with rows that are -2r and
 * |r|^2. As these stay, onnxruntime lays them out for it once.
 * @param x float32 [n, dimension]
 * @param rows float32 [rows * dimension]
 */
export function squaresLessOwn(x: Value, rows: Float32Array): Value {
  const dimension = x.shape[1] as number;
  const count = rows.length / dimension;
  const columns = new Float32Array((dimension + 1) * count);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimension; i++) columns[i * count + row] = -2 * rows[row * dimension + i]!;
  }
  columns.set(squaredNorms(rows, dimension), dimension * count);
  const factor = x.graph.constant('rows', float32(columns, [dimension + 1, count]));
  const one = add(mul(slice(x, 1, 0, 1), 0), 1);
  return matmul(concat([x, one], 1), factor);
}

/** For each row r |r|^2 - 2rx of all x, row by row: float32 [rows, n] */
export function squaresSession(rows: Float32Array, dimension: number): Promise<Session> {
  const graph = createGraph('squared distances');
  const count = rows.length / dimension;
  const x = graph.input('x', 'float32', ['n', dimension]);
  const all = graph.constant('rows', float32(rows, [count, dimension]));
  const norms = graph.constant('norms', float32(squaredNorms(rows, dimension), [count, 1]));
  // In one operator: on one core, factor and norms as steps of their own take as long as the product.
  graph.output('y', scaledProduct(all, x, -2, norms));
  return openSession(encodeModel(graph.toModel()), ON_PROCESSOR);
}

export const matrix = (values: Float32Array, dimension: number) =>
  float32(values, [values.length / dimension, dimension]);
