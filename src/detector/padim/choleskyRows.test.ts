import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import {
  createCholeskyWork,
  factorise,
  factoriseAndInvert,
  invert,
  setMatrix,
} from './choleskyRows.ts';

const random = createRandom('cholesky');
const vector = (length: number) => Array.from({ length }, random.normal);

/** A positive definite matrix: products of random vectors, one more than it has rows. */
function matrix(dimension: number): number[][] {
  const vectors = Array.from({ length: dimension }, () => vector(dimension + 1));
  return vectors.map((a) => vectors.map((b) => dot(a, b)));
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const lowerTriangle = (rows: readonly number[][]) =>
  Float64Array.from(rows.flatMap((row, i) => row.slice(0, i + 1)));

/** The lower triangle in the work's first rows. */
const factorIn = ({ rows, size }: ReturnType<typeof createCholeskyWork>, dimension: number) =>
  Array.from({ length: dimension }, (_, i) =>
    Array.from({ length: dimension }, (__, j) => (j <= i ? rows[i * size + j]! : 0)),
  );

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 9);
}

// Whole and partial groups of two columns and four rows.
describe.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 20])('of dimension %i', (dimension) => {
  it('a factor times its transpose is the matrix', () => {
    const work = createCholeskyWork(dimension, 0);
    // Twice: the second must not see what the first has left.
    for (const scale of [1, 0.5]) {
      const a = matrix(dimension);
      setMatrix(work, lowerTriangle(a), scale, 0.25);
      factorise(work, 0);
      const factor = factorIn(work, dimension);
      for (const [i, row] of factor.entries()) {
        const expected = a[i]!.map((value, j) => scale * value + (i === j ? 0.25 : 0));
        expectClose(
          factor.map((other) => dot(row, other)),
          expected,
        );
      }
    }
  });

  it.each([1, 2, 3, 4, 5])('a factor times each of %i solutions is its right side', (below) => {
    const work = createCholeskyWork(dimension, below);
    setMatrix(work, lowerTriangle(matrix(dimension)), 1, 0);
    const right = Array.from({ length: below }, () => vector(dimension));
    for (const [i, row] of right.entries()) work.rows.set(row, (work.size + i) * work.size);
    factorise(work, below);
    const factor = factorIn(work, dimension);
    for (const [i, expected] of right.entries()) {
      const start = (work.size + i) * work.size;
      const solution = Array.from(work.rows.subarray(start, start + dimension));
      expectClose(
        factor.map((row) => dot(row, solution)),
        expected,
      );
    }
  });

  it('a factor times its inverse is the identity', () => {
    const work = createCholeskyWork(dimension, 'same');
    for (let repeat = 0; repeat < 2; repeat++) {
      setMatrix(work, lowerTriangle(matrix(dimension)), 1, 0);
      factoriseAndInvert(work);
      const factor = factorIn(work, dimension);
      for (let i = 0; i < dimension; i++) {
        const start = (work.size + i) * work.size;
        const column = Array.from(work.rows.subarray(start, start + dimension));
        expect(column.slice(0, i).every((value) => value === 0)).toBe(true);
        expectClose(
          factor.map((row) => dot(row, column)),
          factor.map((_, j) => (i === j ? 1 : 0)),
        );
      }
    }
  });

  it('inverts a factor that is there as it inverts one that it has made', () => {
    const made = createCholeskyWork(dimension, 'same');
    setMatrix(made, lowerTriangle(matrix(dimension)), 1, 0);
    factoriseAndInvert(made);
    const given = createCholeskyWork(dimension, 'same');
    // Twice: the second must not see what the first has left.
    for (let repeat = 0; repeat < 2; repeat++) {
      given.rows.set(made.rows.subarray(0, dimension * made.size));
      invert(given);
      expect(given.rows).toEqual(made.rows);
    }
  });
});
