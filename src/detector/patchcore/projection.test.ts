import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { memorySource } from '../embeddingViews.ts';
import { DEFAULT_PROJECTION, type Projection, projectAll } from './projection.ts';

const ROWS = 400;
const DIMENSION = 200;

/** Spread a hundred times as wide along the first ten dimensions as along the others. */
const data = (() => {
  const random = createRandom('projection');
  return Float32Array.from(
    { length: ROWS * DIMENSION },
    (_, i) => random.normal() * (i % DIMENSION < 10 ? 100 : 1),
  );
})();
const source = memorySource(data, DIMENSION);

const project = (projection?: Projection, deviation?: Float64Array) =>
  projectAll(
    source,
    deviation ? { mean: new Float64Array(DIMENSION), deviation } : null,
    createRandom('directions'),
    {},
    projection,
  );

function distance(rows: Float32Array, dimension: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    sum += (rows[a * dimension + i]! - rows[b * dimension + i]!) ** 2;
  }
  return Math.sqrt(sum);
}

/** Largest relative error of distances from the first row. */
function worst(points: Float32Array, dimension: number, rows = data): number {
  const errors = Array.from({ length: ROWS - 1 }, (_, i) => {
    const exact = distance(rows, DIMENSION, 0, i + 1);
    return Math.abs(distance(points, dimension, 0, i + 1) / exact - 1);
  });
  return Math.max(...errors);
}

describe('projectAll', () => {
  test('keeps distances roughly with random directions', async () => {
    const { points, dimension } = await project();
    expect(dimension).toBe(DEFAULT_PROJECTION.dimension);
    expect(worst(points, dimension)).toBeGreaterThan(1e-3);
    expect(worst(points, dimension)).toBeLessThan(0.4);
  });

  test('keeps what varies most with principal axes', async () => {
    const { points, dimension } = await project({ kind: 'pca', dimension: 10 });
    expect(dimension).toBe(10);
    // What is left out is 190 dimensions of variance 1 beside ten of 10 000.
    expect(worst(points, dimension)).toBeLessThan(0.02);
  });

  test.each(['random', 'pca'] as const)(
    'leaves narrow embeddings as they are (%s)',
    async (kind) => {
      const { points, dimension } = await project({ kind, dimension: DIMENSION });
      expect(dimension).toBe(DIMENSION);
      expect(Buffer.from(points.buffer).equals(Buffer.from(data.buffer))).toBe(true);
    },
  );

  test('standardises on the way: then the wide dimensions count no more than others', async () => {
    const deviation = Float64Array.from({ length: DIMENSION }, (_, i) => (i < 10 ? 100 : 1));
    const standardised = data.map((value, i) => value / deviation[i % DIMENSION]!);
    for (const kind of ['random', 'pca'] as const) {
      const { points, dimension } = await project({ kind, dimension: 150 }, deviation);
      expect(worst(points, dimension, standardised)).toBeLessThan(0.4);
    }
  });

  test('gives the same points again, and others for another seed', async () => {
    const { points } = await project({ kind: 'pca', dimension: 5 });
    const again = await project({ kind: 'pca', dimension: 5 });
    expect(Buffer.from(again.points.buffer).equals(Buffer.from(points.buffer))).toBe(true);
    const first = await project({ kind: 'random', dimension: 5 });
    const other = await projectAll(
      source,
      null,
      createRandom('other'),
      {},
      {
        kind: 'random',
        dimension: 5,
      },
    );
    expect(other.points).not.toEqual(first.points);
  });
});
