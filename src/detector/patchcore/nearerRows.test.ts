import { describe, expect, it } from 'vitest';
import { search } from '../../../test/support/nearestSearch.ts';
import { createRandom } from '../../core/random.ts';
import { int64 } from '../../tensor/elementType.ts';
import { sqrt } from '../../tensor/ops/elementwise.ts';
import { comparedWith, nearerOf } from './nearerRows.ts';

const DIMENSION = 5;
const PATCHES = 6;
const ROWS = 40;

const random = createRandom('nearer');
const vectors = (count: number) =>
  Float32Array.from({ length: count * DIMENSION }, () => random.normal());
const [bank, patches] = [vectors(ROWS), vectors(PATCHES)];

const distance = (patch: number, row: number) =>
  Math.hypot(
    ...Array.from(
      { length: DIMENSION },
      (_, i) => patches[patch * DIMENSION + i]! - bank[row * DIMENSION + i]!,
    ),
  );

/** Meets one row, then others: pairs of a patch and a row. */
async function compare(first: readonly number[], pairs: readonly (readonly [number, number])[]) {
  const found = await search(patches, bank, DIMENSION, (x, rows) => {
    const constant = (values: readonly number[]) => x.graph.constant('chosen', int64(values));
    const [patch, row] = [0, 1].map((i) => constant(pairs.map((pair) => pair[i]!)));
    const known = comparedWith(x, rows, constant(first));
    const { square, index } = nearerOf(known, x, rows, { patch: patch!, row: row! });
    return { distance: sqrt(square), index };
  });
  for (let patch = 0; patch < PATCHES; patch++) {
    const met = [first[patch]!, ...pairs.filter(([of]) => of === patch).map(([, row]) => row)];
    const least = Math.min(...met.map((row) => distance(patch, row)));
    expect(met).toContain(found.index[patch]);
    expect(distance(patch, found.index[patch]!)).toBe(least);
    expect(found.distance[patch]).toBeCloseTo(least, 5);
  }
}

describe('nearerOf', () => {
  const first = [3, 9, 0, 39, 12, 7];

  it('finds the nearest of all rows that a patch has met, and no other', async () => {
    const pairs = Array.from(
      { length: 30 },
      () => [random.integer(PATCHES - 1), random.integer(ROWS)] as const,
    );
    await compare(first, pairs);
  });

  it('keeps what is known where there is nothing more', () => compare(first, []));

  it('takes the same row again', () => compare(first, [...first.entries(), [0, 3]]));
});
