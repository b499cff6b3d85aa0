import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { filled, makeTree } from '../../../test/support/tree.ts';
import { filesIn } from '../../../test/support/workplace.ts';
import type { ProgressEvent } from '../../core/progress.ts';
import { openCategory } from '../openCategory.ts';
import { openSplits } from './openSplits.ts';
import type { Part, SplitOptions, Splits } from './split.ts';

const options: SplitOptions = { seed: 42, validation: 0.2, anomalousValidation: 0.3 };
const names = ['nut', 'zip'];
/** As the file holds them, but writable. */
interface Editable {
  schemaVersion: number;
  categories: Record<Part, { id: string; sha256: string }[]>[];
}

let root: string;
let file: string;

/** Two categories whose files each hold their own name. */
beforeEach(() => {
  const paths = names.flatMap((name) => [
    ...Array.from({ length: 10 }, (_, i) => `${name}/train/good/${i}.png`),
    ...Array.from({ length: 3 }, (_, i) => `${name}/test/good/${i}.png`),
    ...Array.from({ length: 10 }, (_, i) => `${name}/test/crack/${i}.png`),
    ...Array.from({ length: 9 }, (_, i) => `${name}/ground_truth/crack/${i}_mask.png`),
  ]);
  root = makeTree(Object.assign({}, ...paths.map((path) => filled([path], path))));
  file = join(root, 'processed', 'clean_splits.json');
});

async function open(changed: Partial<SplitOptions> = {}, wanted = names): Promise<Splits> {
  const categories = await Promise.all(wanted.map((name) => openCategory(root, name)));
  return openSplits(file, categories, { ...options, ...changed });
}

const editFile = (edit: (splits: Editable) => void) => {
  const splits = JSON.parse(readFileSync(file, 'utf8')) as Editable;
  edit(splits);
  writeFileSync(file, JSON.stringify(splits));
};

describe('openSplits', () => {
  it('writes what it has drawn, and reads it the next time', async () => {
    const drawn = await open();
    expect(drawn).toMatchObject({ schemaVersion: 1, ...options });
    const [nut] = drawn.categories;
    expect([nut!.train.length, nut!.val.length, nut!.test.length]).toEqual([8, 5, 10]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(drawn);
    const { mtimeMs, ino } = statSync(file);
    expect(await open()).toEqual(drawn);
    expect(statSync(file)).toMatchObject({ mtimeMs, ino });
  });

  it('draws the same again when the file is gone, wherever the data lies', async () => {
    const drawn = await open();
    rmSync(file);
    renameSync(join(root, 'nut'), join(root, 'moved'));
    const moved = await openCategory(join(root, 'moved'), 'nut');
    const again = await openSplits(file, [moved, await openCategory(root, 'zip')], options);
    expect(again).toEqual(drawn);
  });

  it('takes another order of the categories from the same file', async () => {
    const { categories } = await open();
    const turned = await open({}, ['zip', 'nut']);
    expect(turned.categories).toEqual([...categories].reverse());
  });

  it('reports progress and stops when aborted', async () => {
    const categories = [await openCategory(root, 'nut')];
    const events: ProgressEvent[] = [];
    await openSplits(file, categories, options, { onProgress: (event) => events.push(event) });
    expect(events.at(-1)).toEqual({ step: 'hashing images', done: 23, total: 23 });
    rmSync(file);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openSplits(file, categories, options, { signal })).rejects.toThrow('enough');
    expect(filesIn(join(root, 'processed'))).toEqual([]);
  });

  it.each<[string, RegExp, () => unknown]>([
    [
      'an image that is gone',
      /nut\/test\/good\/1.png is gone/,
      () => rmSync(join(root, 'nut/test/good/1.png')),
    ],
    [
      'a new image',
      /zip\/train\/good\/new.png is new/,
      () => writeFileSync(join(root, 'zip/train/good/new.png'), 'new'),
    ],
    [
      'a changed image',
      /nut\/train\/good\/4.png has changed/,
      () => writeFileSync(join(root, 'nut/train/good/4.png'), 'other'),
    ],
    [
      'a changed mask',
      /the mask of nut\/test\/crack\/4.png has changed/,
      () => writeFileSync(join(root, 'nut/ground_truth/crack/4_mask.png'), 'other'),
    ],
    [
      'a mask that is gone',
      /the mask of nut\/test\/crack\/4.png is gone/,
      () => rmSync(join(root, 'nut/ground_truth/crack/4_mask.png')),
    ],
    [
      'a new mask',
      /the mask of nut\/test\/crack\/9.png is new/,
      () => writeFileSync(join(root, 'nut/ground_truth/crack/9_mask.png'), 'new'),
    ],
    [
      'a moved image',
      /nut\/test\/good\/0.png is gone; nut\/test\/scratch\/0.png is new/,
      () => {
        const moved = makeFolderBeside('nut/test/scratch');
        renameSync(join(root, 'nut/test/good/0.png'), join(moved, '0.png'));
      },
    ],
  ])('refuses lists of other data: %s', async (_, message, change) => {
    await open();
    const before = readFileSync(file);
    change();
    await expect(open()).rejects.toThrow(message);
    await expect(open()).rejects.toThrow(/do not fit.*remove the file to draw the split again/s);
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses lists of other options and categories before it reads images', async () => {
    await open();
    const refused = (changed: Partial<SplitOptions>, message: RegExp, wanted?: string[]) =>
      expect(open(changed, wanted)).rejects.toThrow(message);
    await refused({ seed: 43 }, /the seed is 43, the file's 42/);
    await refused({ validation: 0.3 }, /training images for validation is 0.3, the file's 0.2/);
    await refused({ anomalousValidation: 0 }, /anomalous images for validation is 0, the file's/);
    await refused({}, /zip of the file is not asked for/, ['nut']);
    renameSync(join(root, 'zip'), join(root, 'zap'));
    await refused({}, /zap is not in the file; zip of the file is not asked for/, ['nut', 'zap']);
  });

  it('tells five differences and counts the others', async () => {
    await open();
    for (let i = 0; i < 9; i++) writeFileSync(join(root, `nut/train/good/${i}.png`), `new ${i}`);
    await expect(open()).rejects.toThrow(/(\S+ has changed; ){5}and 4 more/);
  });

  it.each<[string, RegExp, (splits: Editable) => void]>([
    [
      'trains on a test image',
      /nut\/test\/good\/2.png cannot be in train/,
      ({ categories }) => categories[0]!.train.push(categories[0]!.test.pop()!),
    ],
    [
      'has an image twice',
      /nut\/\S+ in train and nut\/\S+ in val/,
      ({ categories }) => categories[0]!.val.push(categories[0]!.train[0]!),
    ],
    [
      'has too few validation images',
      /share of 0.2 of 10 in val.*found: +0/s,
      ({ categories }) => {
        const { val, train } = categories[0]!;
        train.push(...val.splice(3));
      },
    ],
    [
      'is of a later schema',
      /found: +schema version 2\n.*update flawmap/s,
      (splits) => {
        splits.schemaVersion = 2;
      },
    ],
    [
      'has a wrong hash',
      /categories.0.train.0.sha256: not a SHA-256/,
      ({ categories }) => {
        categories[0]!.train[0]!.sha256 = 'abc';
      },
    ],
  ])('refuses a file that %s', async (_, message, edit) => {
    await open();
    editFile(edit);
    const edited = readFileSync(file);
    await expect(open()).rejects.toThrow(message);
    expect(readFileSync(file)).toEqual(edited);
  });

  it('refuses a damaged file and a folder in its place', async () => {
    await open();
    writeFileSync(file, '{"schemaVersion": 1,');
    await expect(open()).rejects.toThrow(/holds no split lists.*no JSON/s);
    rmSync(file);
    makeFolderBeside('processed/clean_splits.json');
    await expect(open()).rejects.toThrow(/cannot read the split lists.*EISDIR/s);
  });

  it('refuses the same picture in two parts, naming both; writes nothing', async () => {
    writeFileSync(join(root, 'nut/test/good/2.png'), 'nut/train/good/0.png');
    await expect(open()).rejects.toThrow(
      /same picture is (nut\/train\/good\/0.png in (train|val)|nut\/test\/good\/2.png in test) and/,
    );
    expect(filesIn(root).filter((path) => path.includes('processed'))).toEqual([]);
  });

  it('refuses a link to an image of another part, of another category too', async () => {
    rmSync(join(root, 'zip/test/crack/2.png'));
    symlinkSync(join(root, 'nut/train/good/0.png'), join(root, 'zip/test/crack/2.png'));
    await expect(open()).rejects.toThrow(
      /nut\/train\/good\/0.png in .* zip\/test\/crack\/2.png in/,
    );
  });

  it('refuses the same picture as good and anomalous', async () => {
    writeFileSync(join(root, 'nut/test/good/2.png'), 'twin');
    for (let i = 0; i < 10; i++) writeFileSync(join(root, `nut/test/crack/${i}.png`), 'twin');
    const none = { anomalousValidation: 0 };
    await expect(open(none)).rejects.toThrow(/same picture is nut\/test\/crack\S+, anomalous, and/);
  });

  it('accepts the same picture twice in one part', async () => {
    const { train } = (await open()).categories[0]!;
    rmSync(file);
    const [first, second] = train;
    writeFileSync(join(root, 'nut', second!.id), readFileSync(join(root, 'nut', first!.id)));
    const again = (await open()).categories[0]!;
    expect(again.train.map(({ id }) => id)).toEqual(train.map(({ id }) => id));
    expect(again.train[1]!.sha256).toBe(again.train[0]!.sha256);
  });

  it('refuses a category named twice, and one that cannot be split before it reads images', async () => {
    await expect(open({}, ['nut', 'nut'])).rejects.toThrow(/nut is named twice/);
    rmSync(join(root, 'zip/test'), { recursive: true });
    const categories = await Promise.all(names.map((name) => openCategory(root, name)));
    const onProgress = () => expect.unreachable();
    await expect(openSplits(file, categories, options, { onProgress })).rejects.toThrow(
      /nothing to test zip on/,
    );
  });
});

function makeFolderBeside(path: string): string {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  return folder;
}
