import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
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
    await expect(spill.readRange(1, 3)).rejects.toThrow('not all there');
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
