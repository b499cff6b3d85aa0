/** The leading principal axes of many vectors, by subspace iteration. */
import type { Random } from '../core/random.ts';
import { asFloat32, float32 } from './elementType.ts';
import { createGraph } from './graph.ts';
import { encodeModel } from './onnx/protoParts.ts';
import { transpose } from './ops/layout.ts';
import { matmul } from './ops/neural.ts';
import { orthonormalRows } from './orthonormal.ts';
import { product } from './product.ts';
import { openSession } from './session/session.ts';

const ITERATIONS = 4;

/**
 * An orthonormal basis that spans nearly the `count` directions of largest variance: good to a
 * few percent of the variance captured, and orthonormal to float32 rounding, whatever the data.
 *
 * Source: Halko, Martinsson and Tropp, "Finding structure with randomness" (2011), algorithm 4.4.
 *
 * @param rows float32 [rowCount, dimension], centred
 * @returns float32 [dimension, count], the axes as columns, those of larger variance first
 */
export async function principalAxes(
  rows: Float32Array,
  dimension: number,
  count: number,
  random: Random,
): Promise<Float32Array> {
  const scatter = Float64Array.from(await scatterMatrix(rows, dimension));
  const start = Float64Array.from({ length: count * dimension }, random.normal);
  let axes = await orthonormalRows(start, dimension);
  for (let i = 0; i < ITERATIONS; i++) {
    axes = await orthonormalRows(await product(axes, scatter, dimension), dimension);
  }
  const columns = new Float32Array(count * dimension);
  for (const [place, axis] of (await byVariance(axes, scatter, dimension)).entries()) {
    for (let i = 0; i < dimension; i++) columns[i * count + place] = axes[axis * dimension + i]!;
  }
  return columns;
}

/** Which axis has the largest variance, which the next, and so on. */
async function byVariance(axes: Float64Array, scatter: Float64Array, dimension: number) {
  const images = await product(axes, scatter, dimension);
  const variances = Float64Array.from({ length: axes.length / dimension }, (_, axis) => {
    let sum = 0;
    for (let i = axis * dimension; i < (axis + 1) * dimension; i++) sum += axes[i]! * images[i]!;
    return sum;
  });
  return [...variances.keys()].sort((a, b) => variances[b]! - variances[a]! || a - b);
}

/** Sum over the rows of their outer products, float32 [dimension, dimension]. */
async function scatterMatrix(rows: Float32Array, dimension: number): Promise<Float32Array> {
  const graph = createGraph('scatter');
  const x = graph.input('x', 'float32', ['n', dimension]);
  graph.output('y', matmul(transpose(x, [1, 0]), x));
  await using session = await openSession(encodeModel(graph.toModel()));
  const { y } = await session.run({ x: float32(rows, [rows.length / dimension, dimension]) });
  return asFloat32(y!);
}
