import { expect, it } from 'vitest';
import { search } from '../../../test/support/nearestSearch.ts';
import { createRandom } from '../../core/random.ts';
import { int64 } from '../../tensor/elementType.ts';
import { sqrt } from '../../tensor/ops/elementwise.ts';
import { squeeze } from '../../tensor/ops/layout.ts';
import { nearestOfChosen } from './nearestOfChosen.ts';

const DIMENSION = 5;

// Eleven are fetched in two parts.
it.each([1, 3, 11])(
  'finds the nearest of %i rows chosen for each patch, and no other',
  async (count) => {
    const random = createRandom(`chosen ${count}`);
    const vectors = (rows: number) =>
      Float32Array.from({ length: rows * DIMENSION }, () => random.normal());
    const [bank, patches] = [vectors(40), vectors(6)];
    const chosen = Array.from({ length: 6 * count }, () => random.integer(40));
    const found = await search(patches, bank, DIMENSION, (x, rows) => {
      const rowsChosen = x.graph.constant('chosen', int64(chosen, [6, count]));
      const { square, index } = nearestOfChosen(x, rows, rowsChosen);
      return { distance: squeeze(sqrt(square), 1), index };
    });
    const distance = (patch: number, row: number) =>
      Math.hypot(
        ...Array.from(
          { length: DIMENSION },
          (_, i) => patches[patch * DIMENSION + i]! - bank[row * DIMENSION + i]!,
        ),
      );
    for (let patch = 0; patch < 6; patch++) {
      const own = chosen.slice(patch * count, (patch + 1) * count);
      const least = Math.min(...own.map((row) => distance(patch, row)));
      expect(own).toContain(found.index[patch]);
      expect(distance(patch, found.index[patch]!)).toBe(least);
      expect(found.distance[patch]).toBeCloseTo(least, 5);
    }
  },
);
