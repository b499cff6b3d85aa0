import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { sha256 } from '../../core/hash.ts';
import { openCategory } from '../openCategory.ts';
import { openSplits } from './openSplits.ts';
import { openShiftedSplits } from './shiftedSplits.ts';
import { PARTS, type Splits } from './split.ts';

/** Everything within a category's folder: its path with the original extension, and shifted. */
const PATHS = [
  ...Array.from({ length: 10 }, (_, i) => [`train/good/${i}.1.jpeg`, `train/good/${i}.1.png`]),
  ...Array.from({ length: 3 }, (_, i) => [`test/good/${i}.bmp`, `test/good/${i}.png`]),
  ...Array.from({ length: 4 }, (_, i) => [`test/crack/${i}.png`, `test/crack/${i}.png`]),
  // Found as the mask of the image by either name.
  ...Array.from({ length: 3 }, (_, i) => [
    `ground_truth/crack/${i}.tif`,
    `ground_truth/crack/${i}_mask.png`,
  ]),
] as [string, string][];

const folderOf = (category: string) => join(shiftedRoot, category);
let shiftedRoot: string;
let file: string;
let clean: Splits;

beforeEach(async () => {
  const root = makeTree(
    Object.fromEntries(PATHS.map(([path]) => [`nut/${path}`, `clean ${path}`])),
  );
  shiftedRoot = makeTree(
    Object.fromEntries(PATHS.map(([, path]) => [`nut/${path}`, `shifted ${path}`])),
  );
  const options = { seed: 1, validation: 0.2, anomalousValidation: 0.3 };
  file = join(root, 'shifted_splits.json');
  clean = await openSplits(join(root, 'clean.json'), [await openCategory(root, 'nut')], options);
});

describe('openShiftedSplits', () => {
  it('lists the shifted images in the parts of their originals, with their own hashes', async () => {
    const shifted = await openShiftedSplits(file, clean, folderOf);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(shifted);
    expect({ ...shifted, categories: [] }).toEqual({ ...clean, categories: [] });
    for (const part of PARTS) {
      const originals = clean.categories[0]![part];
      expect(originals.length).toBeGreaterThan(0);
      const expected = originals.map(({ id, label, defectType, mask }) => {
        const own = PATHS.find(([path]) => path === id)![1];
        const ownMask = mask && PATHS.find(([path]) => path === mask.id)![1];
        return {
          id: own,
          sha256: sha256(`shifted ${own}`),
          label,
          defectType,
          mask: ownMask && { id: ownMask, sha256: sha256(`shifted ${ownMask}`) },
        };
      });
      expect(shifted.categories[0]![part]).toEqual(expected);
    }
  });

  it('leaves a file that says the same alone', async () => {
    const shifted = await openShiftedSplits(file, clean, folderOf);
    const { mtimeMs, ino } = statSync(file);
    expect(await openShiftedSplits(file, clean, folderOf)).toEqual(shifted);
    expect(statSync(file)).toMatchObject({ mtimeMs, ino });
  });

  it('refuses a file of other shifted images, and does not replace it', async () => {
    await openShiftedSplits(file, clean, folderOf);
    const before = readFileSync(file);
    writeFileSync(join(shiftedRoot, 'nut/test/crack/2.png'), 'of another seed');
    await expect(openShiftedSplits(file, clean, folderOf)).rejects.toThrow(
      /of other shifted images.*1 other images, such as nut\/test\/crack\/2.png.*remove the file/s,
    );
    const other = { ...clean, seed: 2 };
    rmSync(join(shiftedRoot, 'nut/test/crack/2.png'));
    writeFileSync(join(shiftedRoot, 'nut/test/crack/2.png'), 'shifted test/crack/2.png');
    await expect(openShiftedSplits(file, other, folderOf)).rejects.toThrow(/found: +other options/);
    expect(readFileSync(file)).toEqual(before);
  });

  it.each([
    ['test/good/1.png', /lack the one of test\/good\/1.bmp\n.*test\/good\/1.png/],
    ['ground_truth/crack/2_mask.png', /lack the one of ground_truth\/crack\/2.tif/],
  ])('refuses shifted images without %s', async (path, message) => {
    rmSync(join(shiftedRoot, 'nut', path));
    await expect(openShiftedSplits(file, clean, folderOf)).rejects.toThrow(message);
  });

  it('refuses shifted images that have become one picture in two parts', async () => {
    for (const [, path] of PATHS) writeFileSync(join(shiftedRoot, 'nut', path), 'all white');
    await expect(openShiftedSplits(file, clean, folderOf)).rejects.toThrow(/the same picture is/);
  });
});
