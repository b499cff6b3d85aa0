import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filled, makeTree } from '../../test/support/tree.ts';
import { excludeSamples, readExcludeList } from './excludeList.ts';
import { openCategory } from './openCategory.ts';

const trainOf = async () => {
  const root = makeTree(filled(['train/good/000.png', 'train/good/001.png', 'train/good/a b.png']));
  return (await openCategory(root)).train;
};

describe('readExcludeList', () => {
  it('reads ids, without comments, blank lines, byte order mark and line ends', async () => {
    const text = '\uFEFF# suspicious\r\n\r\ntrain/good/000.png  # 9.41\n  train/good/a#b c.png\t\n';
    const path = join(makeTree({ 'list.txt': text }), 'list.txt');
    expect(await readExcludeList(path)).toEqual({
      path,
      ids: ['train/good/000.png', 'train/good/a#b c.png'],
    });
  });

  it('names a missing file', async () => {
    await expect(readExcludeList('/no/list.txt')).rejects.toThrow(
      /exclude list \/no\/list\.txt[\s\S]*no such file[\s\S]*flawmap audit/,
    );
  });
});

describe('excludeSamples', () => {
  it('leaves out what is listed, also when listed twice', async () => {
    const ids = ['train/good/001.png', 'train/good/001.png', 'train/good/a b.png'];
    const left = excludeSamples(await trainOf(), { path: 'list.txt', ids });
    expect(left.map(({ id }) => id)).toEqual(['train/good/000.png']);
  });

  it('leaves everything for an empty list', async () => {
    const train = await trainOf();
    expect(excludeSamples(train, { path: 'list.txt', ids: [] })).toEqual(train);
  });

  it.each([
    ['train/good/0011.png', 'train/good/001.png'],
    ['001.png', 'train/good/001.png'],
  ])('refuses the unknown id %s, naming the nearest', async (id, nearest) => {
    const train = await trainOf();
    expect(() => excludeSamples(train, { path: 'list.txt', ids: [id] })).toThrow(
      `did you mean ${nearest}?`,
    );
  });

  it('refuses an id that resembles none', async () => {
    const train = await trainOf();
    expect(() => excludeSamples(train, { path: 'list.txt', ids: ['xyz'] })).toThrow(
      /list\.txt excludes xyz, which is no sample[\s\S]*train\/good\/000\.png[\s\S]*in full/,
    );
  });

  it('refuses to leave nothing', async () => {
    const train = await trainOf();
    const list = { path: 'list.txt', ids: train.map(({ id }) => id) };
    expect(() => excludeSamples(train, list)).toThrow(/excludes all 3 samples/);
  });
});
