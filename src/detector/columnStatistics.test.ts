import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import {
  type ColumnMoments,
  createColumnStatistics,
  mergeMoments,
  standardisationOf,
} from './columnStatistics.ts';

function momentsOf(dimension: number, ...parts: readonly (readonly number[])[]): ColumnMoments {
  const statistics = createColumnStatistics(dimension);
  for (const part of parts) statistics.add(Float32Array.from(part));
  return statistics.moments();
}

/** By definition, in two passes. */
function literal(dimension: number, rows: readonly number[]): ColumnMoments {
  const count = rows.length / dimension;
  const column = (i: number) =>
    Array.from({ length: count }, (_, row) => rows[row * dimension + i]!);
  const mean = Array.from({ length: dimension }, (_, i) => sum(column(i)) / count);
  const variance = mean.map((own, i) => sum(column(i).map((value) => (value - own) ** 2)) / count);
  return { count, mean, variance };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function expectClose(found: ColumnMoments, expected: ColumnMoments): void {
  expect(found.count).toBe(expected.count);
  for (const part of ['mean', 'variance'] as const) {
    for (const [i, value] of expected[part].entries()) {
      expect(Math.abs(found[part][i]! - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
    }
  }
}

describe('moments', () => {
  // x = np.array([[1, 2, 3], [4, 8, 12], [0, 1, -1], [5, 5, 5]], float); x.mean(0), x.var(0)
  const expected = { count: 4, mean: [2.5, 4, 4.75], variance: [4.25, 7.5, 22.1875] };

  test('are mean and variance of every column, however the rows come', () => {
    expectClose(momentsOf(3, [1, 2, 3, 4, 8, 12, 0, 1, -1, 5, 5, 5]), expected);
    expectClose(momentsOf(3, [1, 2, 3], [], [4, 8, 12, 0, 1, -1], [5, 5, 5]), expected);
  });

  test('survive JSON', () => {
    const found = momentsOf(3, [1, 2, 3, 4, 8, 12]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('lose nothing where the values are far from 0', () => {
    const random = createRandom('far');
    // Whole numbers below 2^24: exact in float32.
    const rows = Array.from({ length: 2000 }, (_, i) => (i % 2 ? -9e6 : 9e6) + random.integer(9));
    expectClose(momentsOf(2, rows), literal(2, rows));
  });

  test('of one row, and of equal rows, have no variance', () => {
    expect(momentsOf(2, [0.1, 7])).toMatchObject({ count: 1, variance: [0, 0] });
    expect(momentsOf(2, [0.1, 7, 0.1, 7, 0.1, 7])).toMatchObject({ variance: [0, 0] });
  });
});

describe('mergeMoments', () => {
  const random = createRandom('merge');
  const rows = (count: number, mean: number) =>
    Array.from({ length: 3 * count }, () => Math.fround(mean + random.normal()));
  const parts = [rows(1, 5), rows(40, -3), rows(7, 100)];

  test('is that of all rows together, in any order of the parts', () => {
    const all = literal(3, parts.flat());
    const moments = parts.map((part) => momentsOf(3, part));
    expectClose(mergeMoments(moments), all);
    expectClose(mergeMoments(moments.toReversed()), all);
    expect(mergeMoments(moments.slice(0, 1))).toEqual(moments[0]);
  });
});

describe('standardisationOf', () => {
  test('is the standard deviation, at least a millionth of the largest', () => {
    const { mean, deviation } = standardisationOf({
      count: 3,
      mean: [1, 2, 3],
      variance: [4, 0, 1e-20],
    });
    expect(mean).toEqual(Float64Array.of(1, 2, 3));
    expect(deviation).toEqual(Float64Array.of(2, 2e-6, 2e-6));
  });

  test('divides by 1 where nothing varies', () => {
    const { deviation } = standardisationOf({ count: 3, mean: [1, 2], variance: [0, 0] });
    expect(deviation).toEqual(Float64Array.of(1, 1));
  });
});

describe('standardisationOf', () => {
  test('is mean and population deviation of each dimension', () => {
    const { mean, deviation } = standardisationOf(momentsOf(2, [1, 10, 2, 10], [6, 40]));
    expect([...mean]).toEqual([3, 20]);
    // numpy.std([1, 2, 6]), numpy.std([10, 10, 40])
    expect(deviation[0]).toBeCloseTo(2.160246899469287, 12);
    expect(deviation[1]).toBeCloseTo(14.142135623730951, 12);
  });

  test('keeps its digits where the mean is large and the deviation small', () => {
    const random = createRandom('large');
    const values = Float32Array.from({ length: 10_000 }, () => 1e5 + random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const found = standardisationOf(momentsOf(1, Array.from(values)));
    expect(found.mean[0]).toBeCloseTo(mean, 7);
    expect(found.deviation[0]).toBeCloseTo(Math.sqrt(variance), 9);
  });

  test('gives a dimension that never changes a deviation one can divide by', () => {
    const { deviation } = standardisationOf(momentsOf(2, [7, -1000, 7, 1000]));
    expect(deviation[1]).toBe(1000);
    expect(deviation[0]).toBeCloseTo(1e-3, 12);
    expect([...standardisationOf(momentsOf(2, [7, 7, 7, 7])).deviation]).toEqual([1, 1]);
  });
});
