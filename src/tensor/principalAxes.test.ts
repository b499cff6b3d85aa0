import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { principalAxes } from './principalAxes.ts';
import { product } from './product.ts';

const DIMENSION = 12;
const ROWS = 400;

/** Columns of decreasing spread, turned so that no axis is a coordinate. */
function turnedRows(spread: (axis: number) => number): Float32Array {
  const random = createRandom('axes');
  const rows = new Float32Array(ROWS * DIMENSION);
  for (let r = 0; r < ROWS; r++) {
    const plain = Array.from({ length: DIMENSION }, (_, axis) => spread(axis) * random.normal());
    // A reflection v - 2 (v u) u with u = (1, ..., 1) / sqrt(d) is orthogonal and mixes all axes.
    const along = (2 / DIMENSION) * plain.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < DIMENSION; i++) rows[r * DIMENSION + i] = plain[i]! - along;
  }
  return rows;
}

const column = (axes: Float32Array, count: number, axis: number) =>
  Array.from({ length: DIMENSION }, (_, i) => axes[i * count + axis]!);
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function captured(rows: Float32Array, axes: Float32Array, count: number): number {
  let [inside, total] = [0, 0];
  for (let r = 0; r < ROWS; r++) {
    const row = Array.from(rows.subarray(r * DIMENSION, (r + 1) * DIMENSION));
    total += dot(row, row);
    for (let axis = 0; axis < count; axis++) inside += dot(row, column(axes, count, axis)) ** 2;
  }
  return inside / total;
}

describe('principalAxes', () => {
  it('are orthonormal', async () => {
    const axes = await principalAxes(
      turnedRows((axis) => 0.6 ** axis),
      DIMENSION,
      5,
      createRandom(1),
    );
    expect(axes).toHaveLength(DIMENSION * 5);
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j <= i; j++) {
        expect(dot(column(axes, 5, i), column(axes, 5, j))).toBeCloseTo(i === j ? 1 : 0, 5);
      }
    }
  });

  // The best four directions hold 1 - 0.6^8 of the variance before sampling; numpy's eigh of the
  // sample is within a percent of it, and the iteration within another.
  it('capture nearly as much variance as any axes could', async () => {
    const rows = turnedRows((axis) => 0.6 ** axis);
    const axes = await principalAxes(rows, DIMENSION, 4, createRandom(1));
    expect(captured(rows, axes, 4)).toBeGreaterThan(0.97);
    const all = await principalAxes(rows, DIMENSION, DIMENSION, createRandom(1));
    expect(captured(rows, all, DIMENSION)).toBeCloseTo(1, 5);
  });

  it('are the same for the same seed', async () => {
    const rows = turnedRows((axis) => 0.6 ** axis);
    const [first, again] = [
      await principalAxes(rows, DIMENSION, 3, createRandom(7)),
      await principalAxes(rows, DIMENSION, 3, createRandom(7)),
    ];
    expect(again).toEqual(first);
  });

  it('are finite, and no longer than one, for data of lower rank and for none', async () => {
    for (const rank of [0, 2]) {
      const rows = turnedRows((axis) => (axis < rank ? 1 : 0));
      const axes = await principalAxes(rows, DIMENSION, 5, createRandom(1));
      for (let axis = 0; axis < 5; axis++) {
        const length = Math.sqrt(dot(column(axes, 5, axis), column(axes, 5, axis)));
        expect(length).toBeLessThan(1 + 1e-5);
      }
      if (rank > 0) expect(captured(rows, axes, 5)).toBeCloseTo(1, 4);
    }
  });
});

it('product multiplies matrices', async () => {
  // numpy: [[1, 2], [3, 4], [5, 6]] @ [[1, 0, -1], [2, 1, 0]]
  const a = Float32Array.of(1, 2, 3, 4, 5, 6);
  const b = Float32Array.of(1, 0, -1, 2, 1, 0);
  expect(Array.from(await product(a, b, 2))).toEqual([5, 2, -1, 11, 4, -3, 17, 6, -5]);
});
