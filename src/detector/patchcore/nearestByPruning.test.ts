import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectExact, search, tablesFor } from '../../../test/support/nearestSearch.ts';
import { createRandom, type Random } from '../../core/random.ts';
import { nearestByPruning } from './nearestByPruning.ts';
import type { TwoBoundsPlan } from './searchPlan.ts';

const DIMENSION = 48;
const PLAN: TwoBoundsPlan = {
  kind: 'two-bounds',
  coarse: 4,
  fine: 12,
  groupRows: 8,
  mostSurvivors: 40,
  mostCandidates: 6,
};

type Vectors = Float32Array;

async function prune(patches: Vectors, bank: Vectors, plan = PLAN) {
  const tables = await tablesFor(bank, DIMENSION, plan);
  const found = await search(patches, bank, DIMENSION, (x, rows) =>
    nearestByPruning(x, rows, tables),
  );
  expectExact(found, patches, bank, DIMENSION, plan.mostCandidates);
  return found;
}

/** Rows whose variance falls off along the axes, as embeddings' does. */
function rowsLike(count: number, random: Random, decay: number, shift = 0): Vectors {
  return Float32Array.from({ length: count * DIMENSION }, (_, i) => {
    const axis = i % DIMENSION;
    return shift + random.normal() * Math.exp(-decay * axis) + 0.02 * random.normal();
  });
}

function joined(...parts: readonly Vectors[]): Vectors {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

const row = (rows: Vectors, i: number) => rows.slice(i * DIMENSION, (i + 1) * DIMENSION);
const changed = (rows: Vectors, random: Random, size: number) =>
  rows.map((value) => value + size * random.normal());

describe('nearestByPruning', () => {
  it('proves patches like the bank soon, and compares foreign ones with more rows', async () => {
    const random = createRandom('proof');
    const bank = rowsLike(700, random, 0.3);
    const near = await prune(changed(bank, random, 0.01), bank);
    const alike = await prune(rowsLike(200, random, 0.3), bank);
    const foreign = await prune(rowsLike(200, random, 0), bank);
    expect(near.open).toBeLessThan(20);
    expect(near.unproven).toBe(0);
    expect(alike.open).toBeLessThan(150);
    expect(alike.unproven).toBeLessThan(alike.open / 2);
    expect(foreign.open).toBe(200);
    expect(foreign.unproven).toBeGreaterThan(alike.unproven);
  });

  it('goes on with no patch where all are proven', async () => {
    const random = createRandom('apart');
    const bank = rowsLike(100, random, 0, 0).map((value) => 100 * value);
    expect(await prune(changed(bank, random, 0.01), bank)).toMatchObject({ open: 0, unproven: 0 });
  });

  it.each([1, 2])('takes %i patches', async (count) => {
    const random = createRandom('few');
    const { distance } = await prune(rowsLike(count, random, 0.3), rowsLike(700, random, 0.3));
    expect(distance).toHaveLength(count);
  });

  it.each([41, 64, 65])('searches %i rows, also where the last group is not full', async (rows) => {
    const random = createRandom('rows');
    await prune(rowsLike(30, random, 0.2), rowsLike(rows, random, 0.2));
  });

  it.each([1, 2, 29])('takes %i patches in two blocks where the bank is large', async (count) => {
    const random = createRandom('blocks');
    const bank = rowsLike(12_600, random, 0.3);
    const patches = joined(rowsLike(count, random, 0.3), rowsLike(2, random, 0));
    const { open } = await prune(patches, bank);
    expect(open).toBeGreaterThan(0);
  });

  it('gives distance zero to patches that are in the bank', async () => {
    const bank = rowsLike(300, createRandom('itself'), 0.1, 3);
    const { distance } = await prune(bank, bank);
    expect(Math.max(...distance)).toBeLessThan(1e-5);
  });
});

/** Banks and patches made to mislead bounds. */
const ADVERSARIES: Record<string, (random: Random) => { bank: Vectors; patches: Vectors }> = {
  'fewer dimensions than coordinates'(random) {
    const flat = (count: number) =>
      Float32Array.from({ length: count * DIMENSION }, (_, i) =>
        i % DIMENSION < 5 ? random.normal() : 0,
      );
    return { bank: flat(300), patches: flat(50) };
  },
  'the same row again and again'(random) {
    const own = rowsLike(20, random, 0.2);
    const bank = joined(...Array.from({ length: 15 }, () => own));
    return { bank, patches: joined(own, rowsLike(20, random, 0.2)) };
  },
  'rows all equal, and a patch equal to them'(random) {
    const own = row(rowsLike(1, random, 0), 0);
    const bank = joined(...Array.from({ length: 100 }, () => own));
    return { bank, patches: joined(own, rowsLike(10, random, 0)) };
  },
  'constant rows'(random) {
    const constant = (count: number) =>
      Float32Array.from({ length: count }, () => random.normal()).reduce<number[]>(
        (all, value) => all.concat(Array(DIMENSION).fill(value)),
        [],
      );
    return { bank: Float32Array.from(constant(200)), patches: Float32Array.from(constant(30)) };
  },
  'near ties, told apart outside the coordinates alone'(random) {
    const centres = rowsLike(12, random, 0.1);
    const copies = Array.from({ length: 30 }, () => changed(centres, random, 1e-3));
    return { bank: joined(...copies), patches: changed(centres, random, 1e-2) };
  },
  'white noise, whose bounds prove nothing'(random) {
    return { bank: rowsLike(300, random, 0), patches: rowsLike(60, random, 0) };
  },
  'a few rows a million times longer'(random) {
    const long = rowsLike(3, random, 0).map((value) => value * 1e6);
    const patches = joined(rowsLike(20, random, 0.2), changed(long, random, 1e5));
    return { bank: joined(rowsLike(300, random, 0.2), long), patches };
  },
  'a huge offset'(random) {
    return { bank: rowsLike(300, random, 0.2, 1e4), patches: rowsLike(40, random, 0.2, 1e4) };
  },
  'patches far away, on the axes and across them'(random) {
    const along = rowsLike(20, random, 0.5).map((value) => value * 1e3);
    return {
      bank: rowsLike(300, random, 0.3),
      patches: joined(along, rowsLike(20, random, 0, 50)),
    };
  },
  'a patch at the mean of the bank'(random) {
    const half = rowsLike(150, random, 0.1);
    const bank = joined(
      half,
      half.map((value) => -value),
    );
    return { bank, patches: new Float32Array(3 * DIMENSION) };
  },
};

describe('the search stays exact with', () => {
  it.each(Object.entries(ADVERSARIES))('%s', async (name, make) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { bank, patches } = make(createRandom(`${name} ${seed}`));
        await prune(patches, bank);
      }),
      // The example is one where products tell near ties wrongly.
      { numRuns: 4, seed: 7, examples: [[1725951643]] },
    );
  });
});
