import { chmodSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedPath } from '../../test/support/shared.ts';
import { filled, makeTree } from '../../test/support/tree.ts';
import { withoutRights } from '../../test/support/withoutRights.ts';
import { listCategories } from './locateCategory.ts';
import { openCategory } from './openCategory.ts';

const NUT = filled([
  'nut/train/good/000.png',
  'nut/train/good/001.png',
  'nut/test/good/000.png',
  'nut/test/crack/000.png',
  'nut/test/crack/001.png',
  'nut/ground_truth/crack/000_mask.png',
]);
const SCREW = filled(['screw/train/good/a.jpg']);

describe('openCategory', () => {
  it('reads the MVTec layout: labels, defect types, masks where there are some', async () => {
    const root = makeTree({ ...NUT, ...SCREW });
    const nut = await openCategory(root, 'nut');
    expect(nut.name).toBe('nut');
    expect(nut.root).toBe(join(root, 'nut'));
    expect(nut.train.map(({ id }) => id)).toEqual(['train/good/000.png', 'train/good/001.png']);
    expect(nut.train[0]).toEqual({
      id: 'train/good/000.png',
      path: join(root, 'nut/train/good/000.png'),
      category: 'nut',
      phase: 'train',
      label: 'normal',
      defectType: 'good',
    });
    expect(nut.test).toEqual([
      expect.objectContaining({ id: 'test/crack/000.png', label: 'anomalous', phase: 'test' }),
      expect.objectContaining({ id: 'test/crack/001.png', defectType: 'crack' }),
      expect.objectContaining({ id: 'test/good/000.png', label: 'normal', defectType: 'good' }),
    ]);
    expect(nut.test.map(({ maskPath }) => maskPath)).toEqual([
      join(root, 'nut/ground_truth/crack/000_mask.png'),
      undefined,
      undefined,
    ]);
  });

  it('finds masks named as their image, with any extension', async () => {
    const root = makeTree(
      filled([
        'train/good/0.png',
        'test/cut/a.JPG',
        'test/cut/b.jpeg',
        'ground_truth/cut/a.PNG',
        'ground_truth/cut/b_mask.bmp',
      ]),
    );
    const { test } = await openCategory(root);
    expect(test.map(({ maskPath }) => maskPath && basename(maskPath))).toEqual([
      'a.PNG',
      'b_mask.bmp',
    ]);
  });

  it('takes the only category without a name, and a category folder itself', async () => {
    const root = makeTree(NUT);
    const viaParent = await openCategory(root);
    const itself = await openCategory(join(root, 'nut'));
    expect(itself).toEqual(viaParent);
    expect((await openCategory(join(root, 'nut'), 'walnut')).train[0]!.category).toBe('walnut');
  });

  it('takes a plain folder of images as training images', async () => {
    const root = makeTree({ ...filled(['b.png', 'A.PNG', 'deep/c.png']), 'readme.txt': 'x' });
    const plain = await openCategory(root, 'caps');
    expect(plain.name).toBe('caps');
    expect(plain.train.map(({ id }) => id)).toEqual(['A.PNG', 'b.png']);
    expect(plain.test).toEqual([]);
    expect(plain.skipped).toEqual([{ path: join(root, 'readme.txt'), reason: 'not an image' }]);
    expect((await openCategory(root)).name).toBe(basename(root));
  });

  it('opens a plain folder inside the data folder by its name', async () => {
    const root = makeTree({ ...SCREW, 'caps/0.png': 'x' });
    expect((await openCategory(root, 'caps')).train.map(({ id }) => id)).toEqual(['0.png']);
  });

  it('orders by code point, not by locale or UTF-16 unit', async () => {
    const names = ['\u{1F600}.png', '\uFF21.png', 'é.png', 'a.png', 'B.png', '10.png', '9.png'];
    const root = makeTree(filled(names.map((name) => `train/good/${name}`)));
    const { train } = await openCategory(root);
    // python3 -c "print(sorted(['\U0001F600','\uFF21','é','a','B','10','9']))"
    expect(train.map(({ id }) => id.slice('train/good/'.length))).toEqual([
      '10.png',
      '9.png',
      'B.png',
      'a.png',
      'é.png',
      '\uFF21.png',
      '\u{1F600}.png',
    ]);
  });

  it('skips and reports hidden files, other files and images outside of the layout', async () => {
    const root = makeTree({
      ...NUT,
      ...filled([
        'nut/license.txt',
        'nut/train/good/.DS_Store',
        'nut/train/good/._000.png',
        'nut/test/stray.png',
        'nut/ground_truth/crack/notes.md',
      ]),
    });
    const { train, test, skipped } = await openCategory(root, 'nut');
    expect(train).toHaveLength(2);
    expect(test).toHaveLength(3);
    const found = Object.fromEntries(skipped.map(({ path, reason }) => [basename(path), reason]));
    expect(found).toEqual({
      'license.txt': 'not an image',
      '.DS_Store': 'hidden',
      '._000.png': 'hidden',
      'stray.png': 'an image outside of the layout',
      'notes.md': 'not an image',
    });
  });

  it('follows links to files and folders', async () => {
    const root = makeTree({ ...NUT, 'store/z.png': 'x' });
    symlinkSync(join(root, 'store/z.png'), join(root, 'nut/train/good/z.png'));
    symlinkSync(join(root, 'nut/test/crack'), join(root, 'nut/test/split'));
    const { train, test } = await openCategory(root, 'nut');
    expect(train.map(({ id }) => id)).toContain('train/good/z.png');
    expect(test.filter(({ defectType }) => defectType === 'split')).toHaveLength(2);
  });

  it('leaves folders in train other than good alone', async () => {
    const root = makeTree({ ...NUT, 'nut/train/bad/9.png': 'x' });
    const { train } = await openCategory(root, 'nut');
    expect(train.map(({ id }) => id)).toEqual(['train/good/000.png', 'train/good/001.png']);
  });

  const refused: [string, Record<string, string>, string | undefined, RegExp][] = [
    ['a missing folder', {}, undefined, /nowhere does not exist\n.*\n.*check the path/],
    [
      'no images at all',
      { 'nowhere/readme.txt': 'x' },
      undefined,
      /no images in .*nowhere[\s\S]*found: +readme.txt[\s\S]*train\/good/,
    ],
    [
      'an empty folder',
      { 'nowhere/': '' },
      undefined,
      /no images in .*nowhere[\s\S]*an empty folder/,
    ],
    [
      'no train',
      filled(['nowhere/test/good/1.png']),
      undefined,
      /nothing to learn from: .*nowhere\/train\/good: no such folder\n.*\n.*put images/,
    ],
    ['no train/good', filled(['nowhere/train/1.png']), undefined, /nowhere\/train\/good: no image/],
    [
      'an empty train/good',
      { 'nowhere/train/good/': '' },
      undefined,
      /nowhere\/train\/good: no image/,
    ],
    [
      'only other files in train/good',
      filled(['nowhere/train/good/a.txt']),
      undefined,
      /nowhere\/train\/good: no image/,
    ],
    [
      'the same stem twice',
      filled(['nowhere/train/good/1.png', 'nowhere/train/good/1.jpg']),
      undefined,
      /1\.png has the same name as 1\.jpg but for the extension\n.*\n.*keep one/,
    ],
    [
      'two masks for an image',
      filled([
        'nowhere/train/good/1.png',
        'nowhere/test/cut/1.png',
        'nowhere/ground_truth/cut/1.png',
        'nowhere/ground_truth/cut/1_mask.png',
      ]),
      undefined,
      /cut\/1\.png has two masks: 1_mask\.png and 1\.png/,
    ],
    [
      'a mask for a good image',
      filled([
        'nowhere/train/good/1.png',
        'nowhere/test/good/1.png',
        'nowhere/ground_truth/good/1_mask.png',
      ]),
      undefined,
      /ground_truth\/good\/1_mask\.png is a mask for a good image\n.*\n.*remove it/,
    ],
    [
      'several categories and no name',
      filled(['nowhere/b/train/good/1.png', 'nowhere/a/train/good/1.png']),
      undefined,
      /holds 2 categories\n.*--category with one of a, b\n/,
    ],
    [
      'an unknown category',
      filled(['nowhere/nut/train/good/1.png', 'nowhere/cap/train/good/1.png']),
      'nutt',
      /no category nutt in .*nowhere\n.*one of cap, nut\n[\s\S]*did you mean --category nut\?/,
    ],
    [
      'a name that leads out of the folder',
      filled(['nowhere/nut/train/good/1.png']),
      '..',
      /no category \.\. in/,
    ],
    [
      'the name of a sibling',
      filled(['nowhere/train/good/1.png', 'cap/train/good/1.png']),
      'cap',
      /is the category nowhere, not cap\n.*give .* with --category cap/,
    ],
  ];
  it.each(refused)('refuses %s', async (_, files, name, message) => {
    const root = makeTree(files);
    await expect(openCategory(join(root, 'nowhere'), name)).rejects.toThrow(message);
  });

  it('refuses a file and a file as part of the path', async () => {
    const root = makeTree({ 'a.png': 'x' });
    await expect(openCategory(join(root, 'a.png'))).rejects.toThrow(
      /a\.png is a file[\s\S]*a folder/,
    );
  });

  it('refuses a folder it may not read', async () => {
    const root = makeTree(NUT);
    chmodSync(root, 0o755);
    chmodSync(join(root, 'nut/train/good'), 0o000);
    await expect(withoutRights(() => openCategory(root, 'nut'))).rejects.toThrow(
      /nut\/train\/good cannot be read[\s\S]*permission denied[\s\S]*change its permissions/,
    );
  });

  it('does not look into other folders beside a category with a name of its own', async () => {
    const root = makeTree({ ...NUT, 'private/x': 'x' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'private'), 0o000);
    const opened = await withoutRights(() => openCategory(join(root, 'nut'), 'hazelnut'));
    expect(opened.name).toBe('hazelnut');
  });

  it.each(['train/good/z.png', 'test/crack/z.png', 'ground_truth/crack/z.png', 'test/gone'])(
    'refuses the broken link %s',
    async (link) => {
      const root = makeTree(NUT);
      symlinkSync(join(root, 'gone'), join(root, 'nut', link));
      await expect(openCategory(root, 'nut')).rejects.toThrow(
        new RegExp(`nut/${link} is a link to a file that is not there\n.*\n.*bring the file back`),
      );
    },
  );
});

describe('listCategories', () => {
  it('lists the folders with train or test, in order', async () => {
    const root = makeTree({ ...SCREW, ...NUT, 'other/x.txt': 'x', 'half/test/good/1.png': 'x' });
    const categories = await listCategories(root);
    expect(categories.map(({ name }) => name)).toEqual(['half', 'nut', 'screw']);
    expect(categories[1]).toEqual({ name: 'nut', root: join(root, 'nut'), layout: 'mvtec' });
  });

  it('lists one category, or a plain folder, as itself', async () => {
    const root = makeTree({ ...NUT, 'plain/1.png': 'x' });
    const listed = await listCategories(join(root, 'nut'));
    expect(listed).toEqual([{ name: 'nut', root: join(root, 'nut'), layout: 'mvtec' }]);
    expect((await listCategories(join(root, 'plain')))[0]!.layout).toBe('plain');
  });
});

describeWithShared('openCategory on real photographs', () => {
  it('counts what ../shared/README.md states', async () => {
    const data = sharedPath('data', 'mvtec');
    const counts: Record<string, number[]> = {};
    for (const { name } of await listCategories(data)) {
      const { train, test } = await openCategory(data, name);
      const anomalous = test.filter(({ label }) => label === 'anomalous');
      const masks = test.filter(({ maskPath }) => maskPath !== undefined);
      counts[name] = [train.length, test.length - anomalous.length, anomalous.length, masks.length];
    }
    expect(counts).toEqual({
      bottle: [209, 20, 63, 63],
      hazelnut: [200, 40, 65, 8],
      hazelnut_small: [50, 2, 8, 8],
      zipper: [200, 32, 65, 0],
    });
  });
});
