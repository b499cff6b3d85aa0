import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { categoryFiles } from '../../test/support/photographs.ts';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256File } from '../core/hash.ts';
import { openCategory } from '../data/openCategory.ts';
import { verifyDataset } from '../data/verifyDataset.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { type ShiftOptions, writeShiftedDataset } from './writeShiftedDataset.ts';

const how = { preset: 'seed', severity: 1, seed: 42 } as const;

async function twoCategories(): Promise<string> {
  const stripes = await categoryFiles({ train: 3, good: 1, flawed: 3, masks: 2 });
  const dots = await categoryFiles({ train: 2 });
  const named = (name: string, files: Record<string, Uint8Array>) =>
    Object.entries(files).map(([path, bytes]) => [`data/${name}/${path}`, bytes]);
  return makeTree(Object.fromEntries([...named('stripes', stripes), ...named('dots', dots)]));
}

describe('writeShiftedDataset', () => {
  it('writes all categories, the record and a sheet, and counts what is not known', async () => {
    const root = await twoCategories();
    // Within the data folder, as in the help's first example.
    const out = join(root, 'data/shifted');
    const report = await writeShiftedDataset({ data: join(root, 'data'), out, ...how });
    expect(readdirSync(out).sort()).toEqual(['dots', 'shift.json', 'shift.png', 'stripes']);
    const { out: _, sheet, record, ...rest } = report;
    expect(JSON.parse(readFileSync(record, 'utf8'))).toEqual(rest);
    expect(rest).toMatchObject({
      ...how,
      categories: ['dots', 'stripes'],
      counts: { images: 9, masks: 2, unknownMasks: 1 },
    });
    expect(rest.filled.most).toBeGreaterThan(rest.filled.mean);
    expect((await decodeImage(sheet)).width).toBeGreaterThan(1000);
    expect((await openCategory(join(root, 'data'), 'stripes')).train).toHaveLength(3);
    expect((await verifyDataset(out)).ok).toBe(true);
  });

  it('writes the same bytes for the same seed, and for one category alone', async () => {
    const data = join(await twoCategories(), 'data');
    const folder = makeTree({});
    const write = (name: string, options: Partial<ShiftOptions> = {}) =>
      writeShiftedDataset({ data, out: join(folder, name), ...how, ...options });
    await write('a');
    await write('b');
    const alone = await write('c', { category: 'stripes' });
    await write('d', { seed: 43 });
    expect(alone.categories).toEqual(['stripes']);
    const hash = (name: string, file: string) => sha256File(join(folder, name, file));
    for (const file of ['shift.json', 'shift.png', 'dots/train/good/000.png']) {
      expect(await hash('b', file)).toBe(await hash('a', file));
    }
    const image = 'stripes/test/scratch/000.png';
    expect(await hash('c', image)).toBe(await hash('a', image));
    expect(await hash('d', image)).not.toBe(await hash('a', image));
  });

  it('takes a plain folder of good images', async () => {
    const photos = Object.entries(await categoryFiles({ train: 2 }));
    const files = photos.map(([path, bytes]) => [path.replace('train/good', 'nuts'), bytes]);
    const root = makeTree(Object.fromEntries(files));
    const out = join(root, 'out');
    const lamp = 'b';
    const report = await writeShiftedDataset({ data: join(root, 'nuts'), out, lamp, ...how });
    expect(report).toMatchObject({ lamp, categories: ['nuts'], filled: { mean: 0, most: 0 } });
    expect(readdirSync(join(out, 'nuts/train/good'))).toEqual(['000.png', '001.png']);
  });

  it('leaves nothing behind when interrupted', async () => {
    const root = await twoCategories();
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => {
      if (done > 0) controller.abort(new Error('enough'));
    };
    const options = { data: join(root, 'data'), out: join(root, 'new/out'), ...how };
    await expect(
      writeShiftedDataset(options, { onProgress, signal: controller.signal }),
    ).rejects.toThrow('enough');
    expect(readdirSync(join(root, 'new'))).toEqual([]);
  });

  it('fills an empty folder, and refuses one with content, or a file', async () => {
    const root = await twoCategories();
    const data = join(root, 'data');
    mkdirSync(join(root, 'out'));
    await writeShiftedDataset({ data, out: join(root, 'out'), ...how });
    const again = writeShiftedDataset({ data, out: join(root, 'out'), ...how });
    await expect(again).rejects.toThrow(/new or empty folder[\s\S]*4 entries/);
    const out = join(root, 'out/shift.json');
    await expect(writeShiftedDataset({ data, out, ...how })).rejects.toThrow(/a file/);
  });

  it.each([
    [{ severity: 2.5 }, /no severity 2\.5/],
    [{ preset: 'corruptions', severity: 1.5 }, /whole number from 0 to 5/],
    [{ preset: 'crop', lamp: 'b' }, /nothing that a lamp changes/],
    [{ category: 'stripe' }, /did you mean --category stripes/],
  ] as const)('refuses %j before writing anything', async (wrong, message) => {
    const root = await twoCategories();
    const options = { data: join(root, 'data'), out: join(root, 'out'), ...how, ...wrong };
    await expect(writeShiftedDataset(options)).rejects.toThrow(message);
    expect(readdirSync(root)).toEqual(['data']);
  });
});

describeWithShared('a shifted hazelnut data set', () => {
  it('is in order, its masks with their images', async () => {
    const out = join(makeTree({}), 'out');
    const data = sharedPath('data/mvtec/hazelnut_small');
    const report = await writeShiftedDataset({ data, out, ...how, preset: 'severe' });
    expect(report.counts).toMatchObject({ images: 60, masks: 8, unknownMasks: 0 });
    const { ok, categories } = await verifyDataset(out);
    expect(ok).toBe(true);
    expect(categories[0]!.counts).toMatchObject({ train: 50, masks: 8 });
  });
});
