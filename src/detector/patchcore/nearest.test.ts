import { describe, expect, it } from 'vitest';
import { expectExact, search } from '../../../test/support/nearestSearch.ts';
import { createRandom } from '../../core/random.ts';
import { nearestByBruteForce } from './nearest.ts';

const DIMENSION = 48;
const random = createRandom('nearest');
const rowsAround = (count: number, centre: number): Float32Array =>
  Float32Array.from({ length: count * DIMENSION }, () => centre + random.normal());

describe('nearest by brute force', () => {
  const bank = rowsAround(700, 3);

  it('finds the nearest row of patches like the bank', async () => {
    const patches = rowsAround(60, 3);
    expectExact(
      await search(patches, bank, DIMENSION, nearestByBruteForce),
      patches,
      bank,
      DIMENSION,
    );
  });

  it('finds the nearest row of foreign patches', async () => {
    const patches = rowsAround(60, -2);
    expectExact(
      await search(patches, bank, DIMENSION, nearestByBruteForce),
      patches,
      bank,
      DIMENSION,
    );
  });

  it('gives distance zero to patches that are in the bank', async () => {
    const { distance } = await search(
      bank.slice(0, 40 * DIMENSION),
      bank,
      DIMENSION,
      nearestByBruteForce,
    );
    expect(Math.max(...distance)).toBeLessThan(1e-5);
  });

  it('takes no patches', async () => {
    const found = await search(new Float32Array(), bank, DIMENSION, nearestByBruteForce);
    expect(found.distance).toHaveLength(0);
    expect(found.index).toEqual([]);
  });
});
