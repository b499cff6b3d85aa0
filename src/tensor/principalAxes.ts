/** The leading principal axes of many vectors, by subspace iteration. */
import type { Random } from '../core/random.ts';
import { asFloat32, float32 } from './elementType.ts';
import { createGraph } from './graph.ts';
import { encodeModel } from './onnx/protoParts.ts';
import { transpose } from './ops/layout.ts';
import { matmul } from './ops/neural.ts';
import { orthonormalRows } from './orthonormal.ts';
import { openFactor } from './product.ts';
import { openSession } from './session/session.ts';

/** From a random start; from axes that are nearly those, fewer capture as much. */
const ITERATIONS = 4;
const FROM_AXES = 2;

/**
 * An orthonormal basis that spans nearly the `count` directions of largest variance: good to a
 * few percent of the variance captured, and orthonormal to float32 rounding, whatever the data.
 *
 * Source: Halko, Martinsson and Tropp, "Finding structure with randomness" (2011), algorithm 4.4.
 *
 * @param rows float32 [rowCount, dimension], centred
 * @param start what random directions to start from, or axes of much the same rows, as this gives them
 * @returns float32 [dimension, count], the axes as columns, those of larger variance first
 */
export async function principalAxes(
  rows: Float32Array,
  dimension: number,
  count: number,
  start: Random | Float32Array,
): Promise<Float32Array> {
  await using scatter = await openFactor(await scatterMatrix(rows, dimension), dimension);
  const iterations = start instanceof Float32Array ? FROM_AXES : ITERATIONS;
  let axes =
    start instanceof Float32Array
      ? rowsOf(start, count)
      : Float32Array.from({ length: count * dimension }, start.normal);
  for (let i = 1; i <= iterations; i++) {
    // What rounding adds in float32 turns axes as little as another start would.
    const seen = new Float64Array(await scatter.appliedTo(axes));
    axes = new Float32Array(await orthonormalRows(seen, dimension, i === iterations));
  }
  const columns = new Float32Array(count * dimension);
  const order = byVariance(axes, await scatter.appliedTo(axes), dimension);
  for (const [place, axis] of order.entries()) {
    for (let i = 0; i < dimension; i++) columns[i * count + place] = axes[axis * dimension + i]!;
  }
  return columns;
}

/** The columns of a matrix as rows. */
function rowsOf(columns: Float32Array, count: number): Float32Array {
  const length = columns.length / count;
  const rows = new Float32Array(columns.length);
  for (let i = 0; i < length; i++) {
    for (let column = 0; column < count; column++) {
      rows[column * length + i] = columns[i * count + column]!;
    }
  }
  return rows;
}

/**
 * Which axis has the largest variance, which the next, and so on.
 * @param seen the axes times the scatter matrix, float32 as the axes
 */
function byVariance(axes: Float32Array, seen: Float32Array, dimension: number): number[] {
  const variances = Float64Array.from({ length: axes.length / dimension }, (_, axis) => {
    let sum = 0;
    for (let i = axis * dimension; i < (axis + 1) * dimension; i++) sum += axes[i]! * seen[i]!;
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
