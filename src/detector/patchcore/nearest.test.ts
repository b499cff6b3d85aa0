import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../core/random.ts';
import { asFloat32, float32, type Tensor } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/protoParts.ts';
import { openSession } from '../../tensor/session.ts';
import { centred, columnMeans, squaredNorms } from './memoryBank.ts';
import { bankInGraph, nearestByBruteForce, nearestByPruning } from './nearest.ts';
import { pruningTables } from './pruning.ts';

const DIMENSION = 48;
const PLAN = { coordinates: 12, candidates: 4 };

interface Found {
  readonly distance: Float32Array;
  readonly index: number[];
  /** Patches that had to be compared with every row. */
  readonly unproven: number;
}

/** Rows whose variance falls off along rotated axes, as embeddings' does. */
function rowsLike(count: number, random: Random, decay: number, shift = 0): Float32Array {
  return Float32Array.from({ length: count * DIMENSION }, (_, i) => {
    const axis = i % DIMENSION;
    return shift + random.normal() * Math.exp(-decay * axis) + 0.02 * random.normal();
  });
}

function bruteForceInFloat64(patches: Float32Array, bank: Float32Array) {
  const distance: number[] = [];
  for (let p = 0; p < patches.length; p += DIMENSION) {
    let best = Number.POSITIVE_INFINITY;
    for (let b = 0; b < bank.length; b += DIMENSION) {
      let sum = 0;
      for (let i = 0; i < DIMENSION; i++) sum += (patches[p + i]! - bank[b + i]!) ** 2;
      best = Math.min(best, sum);
    }
    distance.push(Math.sqrt(best));
  }
  return distance;
}

async function search(patches: Float32Array, bank: Float32Array, pruned: boolean): Promise<Found> {
  const mean = columnMeans(bank, DIMENSION);
  const rows = centred(bank, mean);
  const graph = createGraph('search');
  const x = graph.input('x', 'float32', ['n', DIMENSION]);
  const inGraph = bankInGraph(graph, rows, squaredNorms(rows, DIMENSION), DIMENSION);
  const found = pruned
    ? nearestByPruning(x, inGraph, await pruningTables(rows, DIMENSION, PLAN, createRandom(5)))
    : nearestByBruteForce(x, inGraph);
  graph.output('distance', found.distance);
  graph.output('index', found.index);
  if (found.unproven !== undefined) graph.output('unproven', found.unproven);
  await using session = await openSession(encodeModel(graph.toModel()));
  const moved = centred(patches, mean);
  const out = await session.run({ x: float32(moved, [moved.length / DIMENSION, DIMENSION]) });
  return {
    distance: asFloat32(out.distance as Tensor),
    index: Array.from(out.index!.data as BigInt64Array, Number),
    unproven: out.unproven?.data.length ?? 0,
  };
}

function expectExact(found: Found, patches: Float32Array, bank: Float32Array) {
  const expected = bruteForceInFloat64(patches, bank);
  for (const [i, distance] of expected.entries()) {
    expect(found.distance[i]!).toBeCloseTo(distance, 4);
    const row = bank.subarray(found.index[i]! * DIMENSION, (found.index[i]! + 1) * DIMENSION);
    const patch = patches.subarray(i * DIMENSION, (i + 1) * DIMENSION);
    expect(bruteForceInFloat64(patch, row)[0]).toBeCloseTo(distance, 4);
  }
}

describe.each([
  ['brute force', false],
  ['pruning', true],
] as const)('nearest by %s', (_, pruned) => {
  const random = createRandom('nearest');
  const bank = rowsLike(700, random, 0.12, 3);

  it('finds the nearest row of patches like the bank', async () => {
    const patches = rowsLike(60, random, 0.12, 3);
    expectExact(await search(patches, bank, pruned), patches, bank);
  });

  it('finds the nearest row of foreign patches', async () => {
    const patches = rowsLike(60, random, 0, -2);
    expectExact(await search(patches, bank, pruned), patches, bank);
  });

  it('gives distance zero to patches that are in the bank', async () => {
    const { distance } = await search(bank.slice(0, 40 * DIMENSION), bank, pruned);
    expect(Math.max(...distance)).toBeLessThan(1e-5);
  });
});

describe('nearestByPruning', () => {
  it('proves most patches like the bank, and compares the others with every row', async () => {
    const random = createRandom('proof');
    const bank = rowsLike(700, random, 0.3);
    const alike = await search(rowsLike(200, random, 0.3), bank, true);
    expect(alike.unproven).toBeLessThan(100);
    const foreign = await search(rowsLike(200, random, 0), bank, true);
    expect(foreign.unproven).toBeGreaterThan(alike.unproven);
  });

  it('stays exact when the bank has fewer dimensions than coordinates', async () => {
    const random = createRandom('flat');
    const flat = (count: number) =>
      Float32Array.from({ length: count * DIMENSION }, (_, i) =>
        i % DIMENSION < 5 ? random.normal() : 0,
      );
    const [bank, patches] = [flat(300), flat(50)];
    expectExact(await search(patches, bank, true), patches, bank);
  });
});
