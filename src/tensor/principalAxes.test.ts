import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { orthonormalRows } from './orthonormal.ts';
import { principalAxes } from './principalAxes.ts';
import { product } from './product.ts';

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('orthonormalRows', () => {
  it('gives unit rows at right angles that span the same space', async () => {
    const random = createRandom('rows');
    const rows = Float64Array.from({ length: 6 * 20 }, (_, i) => random.normal() * 10 ** (i % 4));
    const result = await orthonormalRows(rows, 20);
    const row = (i: number) => result.subarray(i * 20, (i + 1) * 20);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) expect(dot(row(i), row(j))).toBeCloseTo(i === j ? 1 : 0, 10);
      const given = rows.subarray(i * 20, (i + 1) * 20);
      const inside = [0, 1, 2, 3, 4, 5].reduce((sum, j) => sum + dot(given, row(j)) ** 2, 0);
      expect(inside / dot(given, given)).toBeCloseTo(1, 8);
    }
  });

  it('makes a row that depends on the others zero', async () => {
    const rows = Float64Array.of(1, 2, 3, 2, 4, 6, 0, 1, 0);
    const result = await orthonormalRows(rows, 3);
    expect(Array.from(result.subarray(3, 6))).toEqual([0, 0, 0]);
    expect(dot(result.subarray(0, 3), result.subarray(6, 9))).toBeCloseTo(0, 12);
  });
});

describe('principalAxes', () => {
  it('finds the directions of largest variance', async () => {
    // Variance 100, 49, 25 along three rotated directions, 0.01 elsewhere.
    const random = createRandom('axes');
    const start = Float64Array.from({ length: 3 * 12 }, random.normal);
    const truth = await orthonormalRows(start, 12);
    const rows = new Float32Array(2000 * 12);
    for (let r = 0; r < 2000; r++) {
      const amounts = [10 * random.normal(), 7 * random.normal(), 5 * random.normal()];
      for (let i = 0; i < 12; i++) {
        const signal = amounts.reduce((sum, amount, k) => sum + amount * truth[k * 12 + i]!, 0);
        rows[r * 12 + i] = signal + 0.1 * random.normal();
      }
    }
    const axes = await principalAxes(rows, 12, 3, random);
    const column = (k: number) => Array.from({ length: 12 }, (_, i) => axes[i * 3 + k]!);
    for (let k = 0; k < 3; k++) {
      const inside = [0, 1, 2].reduce(
        (sum, j) => sum + dot(truth.subarray(k * 12, (k + 1) * 12), column(j)) ** 2,
        0,
      );
      expect(inside).toBeCloseTo(1, 3);
    }
  });

  it('finds as much from axes of much the same rows as from random directions', async () => {
    const random = createRandom('near');
    const rows = Float32Array.from(
      { length: 600 * 30 },
      (_, i) => random.normal() / (1 + (i % 30)) ** 0.5,
    );
    const before = await principalAxes(rows.subarray(0, 450 * 30), 30, 6, random);
    const captured = async (start: Parameters<typeof principalAxes>[3]) => {
      const axes = await principalAxes(rows, 30, 6, start);
      const seen = await product(rows, axes, 30);
      return seen.reduce((sum, value) => sum + value ** 2, 0);
    };
    expect((await captured(before)) / (await captured(random))).toBeGreaterThan(0.995);
  });

  it('is orthonormal, or zero, where rows vary in fewer directions than there are axes', async () => {
    const random = createRandom('few');
    const few = Float32Array.from({ length: 3 * 20 }, random.normal);
    const rows = new Float32Array(400 * 20);
    for (let r = 0; r < 400; r++) {
      for (let k = 0; k < 3; k++) {
        const amount = 100 * random.normal();
        for (let i = 0; i < 20; i++) rows[r * 20 + i]! += amount * few[k * 20 + i]!;
      }
    }
    const axes = await principalAxes(rows, 20, 8, random);
    const column = (k: number) => Array.from({ length: 20 }, (_, i) => axes[i * 8 + k]!);
    for (let a = 0; a < 8; a++) {
      for (let b = 0; b < a; b++) expect(dot(column(a), column(b))).toBeCloseTo(0, 6);
      const square = dot(column(a), column(a));
      expect(Math.min(square, Math.abs(square - 1))).toBeLessThan(1e-6);
    }
  });
});
