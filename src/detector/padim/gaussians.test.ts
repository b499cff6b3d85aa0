import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { addImages, createGaussians, type Gaussians, meanVariance, merge } from './gaussians.ts';
import { whiteningMatrices } from './whitening.ts';

const POSITIONS = 3;
const DIMENSION = 4;

/** Correlated features far from zero, where naive sums of squares would cancel. */
function images(count: number, seed: string): Float32Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const common = random.normal();
    return Float32Array.from(
      { length: POSITIONS * DIMENSION },
      (_, i) => 1000 * (1 + (i % 3)) + common * (i % 5) + 0.5 * random.normal(),
    );
  });
}

/** Mean and covariance (ddof 1) by their definitions. */
function direct(samples: readonly Float32Array[], position: number) {
  const at = (sample: Float32Array, i: number) => sample[position * DIMENSION + i]!;
  const mean = Array.from(
    { length: DIMENSION },
    (_, i) => samples.reduce((sum, sample) => sum + at(sample, i), 0) / samples.length,
  );
  const covariance = mean.map((a, i) =>
    mean.map(
      (b, j) =>
        samples.reduce((sum, sample) => sum + (at(sample, i) - a) * (at(sample, j) - b), 0) /
        (samples.length - 1),
    ),
  );
  return { mean, covariance };
}

function learn(samples: readonly Float32Array[]): Gaussians {
  const gaussians = createGaussians(POSITIONS, DIMENSION);
  for (const sample of samples) addImages(gaussians, [sample]);
  return gaussians;
}

function expectDefinition(gaussians: Gaussians, samples: readonly Float32Array[]): void {
  expect(gaussians.count).toBe(samples.length);
  for (let position = 0; position < POSITIONS; position++) {
    const { mean, covariance } = direct(samples, position);
    let place = position * 10;
    for (let i = 0; i < DIMENSION; i++) {
      expect(gaussians.mean[position * DIMENSION + i]!).toBeCloseTo(mean[i]!, 8);
      for (let j = 0; j <= i; j++) {
        const value = gaussians.scatter[place++]! / (samples.length - 1);
        expect(value).toBeCloseTo(covariance[i]![j]!, 7);
      }
    }
  }
}

describe('addImages', () => {
  it('gives mean and covariance as defined, one by one', () => {
    const samples = images(30, 'all');
    expectDefinition(learn(samples), samples);
  });

  it.each([[30], [1, 29], [8, 8, 8, 6], [4, 3, 23], [0, 30]])(
    'gives what one by one does: %j',
    (...sizes) => {
      const samples = images(30, 'all');
      const gaussians = createGaussians(POSITIONS, DIMENSION);
      let done = 0;
      for (const size of sizes) {
        addImages(gaussians, samples.slice(done, done + size));
        done += size;
      }
      expectDefinition(gaussians, samples);
    },
  );

  it.each([1, 2, 3, 5, 8])('knows triangles of dimension %i', (dimension) => {
    const samples = images(9, 'odd').map((sample) => sample.subarray(0, dimension));
    const [together, single] = [createGaussians(1, dimension), createGaussians(1, dimension)];
    addImages(together, samples);
    for (const sample of samples) addImages(single, [sample]);
    expect(together.count).toBe(9);
    for (const [i, value] of single.scatter.entries()) {
      expect(together.scatter[i]! / value).toBeCloseTo(1, 9);
    }
  });
});

describe('merge', () => {
  it.each([
    [1, 29],
    [15, 15],
    [30, 0],
    [0, 30],
  ])('of %i and %i images is what all of them give', (first, second) => {
    const samples = images(first + second, 'halves');
    const merged = learn(samples.slice(0, first));
    merge(merged, learn(samples.slice(first)));
    expectDefinition(merged, samples);
  });
});

describe('meanVariance', () => {
  it('averages the variances of all channels and positions', () => {
    const samples = images(12, 'variance');
    const variances = [0, 1, 2].flatMap((position) =>
      direct(samples, position).covariance.map((row, i) => row[i]!),
    );
    const mean = variances.reduce((sum, value) => sum + value, 0) / variances.length;
    expect(meanVariance(learn(samples))).toBeCloseTo(mean, 8);
  });
});

describe('whiteningMatrices', () => {
  it('turn a difference into its Mahalanobis distance', () => {
    const samples = images(20, 'whiten');
    const matrices = whiteningMatrices(learn(samples), 0.01);
    const difference = [0.3, -1, 2, 0.7];
    for (let position = 0; position < POSITIONS; position++) {
      const { covariance } = direct(samples, position);
      const regularised = covariance.map((row, i) => row.map((v, j) => v + (i === j ? 0.01 : 0)));
      const solved = solve(regularised, difference);
      const expected = Math.sqrt(difference.reduce((sum, d, i) => sum + d * solved[i]!, 0));
      let square = 0;
      for (let i = 0; i < DIMENSION; i++) {
        const start = (position * DIMENSION + i) * DIMENSION;
        const white = difference.reduce((sum, d, j) => sum + matrices[start + j]! * d, 0);
        square += white * white;
      }
      expect(Math.sqrt(square) / expected).toBeCloseTo(1, 5);
    }
  });

  it('need two images', () => {
    expect(() => whiteningMatrices(learn(images(1, 'one')), 0.01)).toThrow('at least 2 training');
  });
});

/** Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows.reduce((best, row, k) => {
      return k >= i && Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? k : best;
    }, i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = 0; k < rows.length; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]! / rows[i]![i]!;
      rows[k] = rows[k]!.map((value, j) => value - factor * rows[i]![j]!);
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
