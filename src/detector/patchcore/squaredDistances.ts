/** Squared distances between patches and rows of a bank, as products of matrices. */
import { asFloat32, float32 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { scaledProduct } from '../../tensor/ops/neural.ts';
import { reduceMin } from '../../tensor/ops/reduce.ts';
import { ON_PROCESSOR, openSession, type Session } from '../../tensor/session/session.ts';
import { columnMeans, squaredNorms } from './memoryBank.ts';

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
  const move = (rows: Float32Array) => rows.map((value, i) => value - centre[i % dimension]!);
  const rows = move(bankPoints);
  await using session = await squaresSession(rows, dimension, true);
  const distances: Float32Array[] = [];
  for (const points of images) {
    const x = move(points);
    const y = asFloat32((await session.run({ x: matrix(x, dimension) })).y!);
    distances.push(y.map((value, i) => Math.max(0, value + squareOf(x, i, dimension))));
  }
  return distances;
}

/** For each row r |r|^2 - 2rx: the least over rows for each x, or all, row by row. */
export function squaresSession(
  rows: Float32Array,
  dimension: number,
  least: boolean,
): Promise<Session> {
  const graph = createGraph('squared distances');
  const count = rows.length / dimension;
  const x = graph.input('x', 'float32', ['n', dimension]);
  const all = graph.constant('rows', float32(rows, [count, dimension]));
  const norms = graph.constant('norms', float32(squaredNorms(rows, dimension), [count, 1]));
  // In one operator: on one core, factor and norms as steps of their own take as long as the product.
  const y = scaledProduct(all, x, -2, norms);
  graph.output('y', least ? reduceMin(y, [0]) : y);
  return openSession(encodeModel(graph.toModel()), ON_PROCESSOR);
}

export const matrix = (values: Float32Array, dimension: number) =>
  float32(values, [values.length / dimension, dimension]);

function squareOf(rows: Float32Array, row: number, dimension: number): number {
  let sum = 0;
  for (let i = row * dimension; i < (row + 1) * dimension; i++) sum += rows[i]! ** 2;
  return sum;
}
