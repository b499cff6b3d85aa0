import { describe, expect, it } from 'vitest';
import { memorySource } from '../embeddingViews.ts';
import { patchesBeside } from './patchesBeside.ts';

/** Patch i of the source is [i, -i]. */
const sourceOf = (count: number) =>
  memorySource(
    Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? i / 2 : (1 - i) / 2)),
    2,
  );

const bankOf = (chosen: readonly number[], patchesPerImage: number) => ({
  sourceImage: Int32Array.from(chosen, (row) => Math.floor(row / patchesPerImage)),
  sourcePatch: Int32Array.from(chosen, (row) => row % patchesPerImage),
});

async function indicesBeside(chosen: readonly number[], count: number): Promise<number[]> {
  const patches = await patchesBeside(bankOf(chosen, 7), sourceOf(count), 7);
  return Array.from({ length: patches.length / 2 }, (_, i) => patches[2 * i]!);
}

describe('patchesBeside', () => {
  it('takes 64 from all over the source, none of the bank', async () => {
    const chosen = Array.from({ length: 100 }, (_, i) => 7 * i + 3);
    const taken = await indicesBeside(chosen, 700);
    expect(taken).toHaveLength(64);
    expect(new Set(taken).size).toBe(64);
    expect(taken.some((row) => chosen.includes(row))).toBe(false);
    expect(taken[0]).toBeLessThan(700 / 64);
    expect(taken.at(-1)).toBeGreaterThan(700 - 700 / 64);
    const gaps = taken.slice(1).map((row, i) => row - taken[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(14);
  });

  it('takes all where there are fewer, and none where all are rows', async () => {
    expect(await indicesBeside([0, 2, 5], 14)).toEqual([1, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
    const all = Array.from({ length: 14 }, (_, i) => i);
    expect(await indicesBeside(all, 14)).toEqual([]);
  });
});
