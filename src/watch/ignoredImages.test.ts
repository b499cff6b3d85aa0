import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { ignoredImages } from './ignoredImages.ts';

const image = (path: string, mtimeMs = 1.5) => ({ path, size: 10, mtimeMs });

test('what was there at the first watch is left alone at every later one, unless it changes', async () => {
  const file = join(makeTree({}), 'journal.ignored.json');
  const ignored = async (...images: ReturnType<typeof image>[]) => [
    ...(await ignoredImages(file, '/in', images, false)),
  ];
  expect(await ignored(image('a'), image('b'))).toEqual(['a', 'b']);
  expect(await ignored(image('a'), image('b', 2), image('c'))).toEqual(['a']);
  expect(await ignored(image('c'))).toEqual([]);
});

test('once all are to be judged, they stay to be judged', async () => {
  const file = join(makeTree({}), 'journal.ignored.json');
  expect([...(await ignoredImages(file, '/in', [image('a')], false))]).toEqual(['a']);
  expect([...(await ignoredImages(file, '/in', [image('a')], true))]).toEqual([]);
  expect([...(await ignoredImages(file, '/in', [image('a')], false))]).toEqual([]);
});

test('another folder begins anew; what is no such list is refused', async () => {
  const file = join(makeTree({}), 'journal.ignored.json');
  await ignoredImages(file, '/in', [], false);
  expect([...(await ignoredImages(file, '/other', [image('a')], false))]).toEqual(['a']);
  writeFileSync(file, '{');
  await expect(ignoredImages(file, '/in', [], false)).rejects.toThrow(/found: .*JSON.*remove it/s);
});
