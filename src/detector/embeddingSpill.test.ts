import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { createRandom } from '../core/random.ts';
import { openEmbeddingSpill } from './embeddingSpill.ts';

/** `count` rows of two numbers: 10, 0.5; 20, 1.5; 30, 2.5 ... */
const rows = (from: number, count: number) =>
  Float32Array.from({ length: 2 * count }, (_, i) => {
    const row = from + Math.floor(i / 2);
    return i % 2 === 0 ? 10 * (row + 1) : row + 0.5;
  });

describe('openEmbeddingSpill', () => {
  it('reads ranges back across what was appended at once', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 2);
    await spill.append(rows(0, 3));
    await spill.append(rows(3, 1));
    await spill.append(rows(4, 2));
    expect(spill.rowCount).toBe(6);
    expect(spill.dimension).toBe(2);
    expect(await spill.readRange(0, 6)).toEqual(rows(0, 6));
    expect(await spill.readRange(2, 5)).toEqual(rows(2, 3));
    expect(await spill.readRange(3, 3)).toHaveLength(0);
  });

  it('reads rows in the order asked for, the same row twice too', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 2);
    await spill.append(rows(0, 5));
    expect([...(await spill.readRows(Int32Array.of(4, 0, 4, 2)))]).toEqual([
      50, 4.5, 10, 0.5, 50, 4.5, 30, 2.5,
    ]);
    expect(await spill.readRows(new Int32Array(0))).toHaveLength(0);
  });

  it('can be appended to after it was read, and takes views of larger arrays', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 2);
    await spill.append(rows(0, 2));
    await spill.readRange(0, 1);
    await spill.append(rows(0, 4).subarray(4, 8));
    expect(await spill.readRange(0, 4)).toEqual(rows(0, 4));
  });

  it('refuses rows that were never written', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 2);
    await spill.append(rows(0, 2));
    await expect(spill.readRange(1, 3)).rejects.toThrow('rows 1 to 3 are not all there');
  });

  it('leaves no file behind, in a folder it makes', async () => {
    const folder = join(makeTree({}), 'new');
    const spill = await openEmbeddingSpill(folder, 2);
    await spill.append(rows(0, 2));
    expect(readdirSync(folder)).toHaveLength(1);
    await spill[Symbol.asyncDispose]();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('standardisation', () => {
  it('is mean and population deviation of each dimension', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 2);
    await spill.append(Float32Array.of(1, 10, 2, 10));
    await spill.append(Float32Array.of(6, 40));
    const { mean, deviation } = spill.standardisation();
    expect([...mean]).toEqual([3, 20]);
    // numpy.std([1, 2, 6]), numpy.std([10, 10, 40])
    expect(deviation[0]).toBeCloseTo(2.160246899469287, 12);
    expect(deviation[1]).toBeCloseTo(14.142135623730951, 12);
  });

  it('keeps its digits where the mean is large and the deviation small', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 1);
    const random = createRandom('large');
    const values = Float32Array.from({ length: 10_000 }, () => 1e5 + random.normal());
    await spill.append(values);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const found = spill.standardisation();
    expect(found.mean[0]).toBeCloseTo(mean, 7);
    expect(found.deviation[0]).toBeCloseTo(Math.sqrt(variance), 9);
  });

  it('gives a dimension that never changes a deviation one can divide by', async () => {
    await using spill = await openEmbeddingSpill(makeTree({}), 2);
    await spill.append(Float32Array.of(7, -1000, 7, 1000));
    const { deviation } = spill.standardisation();
    expect(deviation[1]).toBe(1000);
    expect(deviation[0]).toBeCloseTo(1e-3, 12);
    await using flat = await openEmbeddingSpill(makeTree({}), 2);
    await flat.append(Float32Array.of(7, 7, 7, 7));
    expect([...flat.standardisation().deviation]).toEqual([1, 1]);
  });
});
