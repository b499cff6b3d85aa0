import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { readGaussians, writeGaussians } from './gaussianFile.ts';
import { addImages, createGaussians } from './gaussians.ts';

function small() {
  const gaussians = createGaussians(3, 2);
  addImages(gaussians, [Float32Array.of(1, 2, 3, 4, 5, 6)]);
  addImages(gaussians, [Float32Array.of(1, 4, 0, 4, 9, 7)]);
  return gaussians;
}

describe('writeGaussians', () => {
  it('lays them out as described', async () => {
    const path = join(makeTree({}), 'folder', 'own.f64');
    await writeGaussians(path, small());
    const bytes = readFileSync(path);
    expect(bytes.toString('latin1', 0, 8)).toBe('flawgaus');
    const numbers = [8, 12, 16, 20, 24, 28].map((place) => bytes.readUInt32LE(place));
    expect(numbers).toEqual([1, 3, 2, 2, 0, 0]);
    expect(bytes).toHaveLength(32 + 8 * (3 * 2 + 3 * 3));
    expect(bytes.readDoubleLE(32 + 8)).toBe(3);
    // The first position's second variance: 2 and 4 about 3.
    expect(bytes.readDoubleLE(32 + 8 * 6 + 16)).toBeCloseTo(2, 12);
  });
});

describe('readGaussians', () => {
  it('gives back what was written, to go on with', async () => {
    const path = join(makeTree({}), 'own.f64');
    const written = small();
    await writeGaussians(path, written);
    const read = await readGaussians(path);
    expect(read).toEqual(written);
    const next = Float32Array.of(3, 1, 4, 1, 5, 9);
    addImages(written, [next]);
    addImages(read, [next]);
    expect(read).toEqual(written);
  });

  it('refuses what is missing, another or not whole', async () => {
    const root = makeTree({ 'notes.txt': 'twelve bytes', 'other.f64': 'x'.repeat(200) });
    const path = join(root, 'own.f64');
    await writeGaussians(path, small());
    const bytes = readFileSync(path);
    const changed = (place: number, value: number) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt32LE(value, place);
      return copy;
    };
    writeFileSync(join(root, 'short.f64'), bytes.subarray(0, -1));
    writeFileSync(join(root, 'long.f64'), Buffer.concat([bytes, Buffer.alloc(1)]));
    writeFileSync(join(root, 'newer.f64'), changed(8, 2));
    writeFileSync(join(root, 'larger.f64'), changed(12, 4e9));
    const refusal = async (name: string) =>
      readGaussians(join(root, name)).then(
        () => 'accepted',
        (error: Error) => error.message,
      );
    expect(await refusal('none.f64')).toContain('ENOENT');
    expect(await refusal('notes.txt')).toContain("found:    the file's end at byte 12");
    expect(await refusal('other.f64')).toContain('found:    other bytes');
    expect(await refusal('short.f64')).toContain('found:    151 bytes where 152 belong');
    expect(await refusal('long.f64')).toContain('found:    153 bytes where 152 belong');
    expect(await refusal('newer.f64')).toContain('found:    version 2');
    expect(await refusal('larger.f64')).toContain('found:    152 bytes where');
  });
});
