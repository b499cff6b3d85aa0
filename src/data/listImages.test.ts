import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filled, makeTree } from '../../test/support/tree.ts';
import { listImages } from './listImages.ts';

const FILES = filled(['a/2.png', 'a/10.JPG', 'a/deep/1.png', 'a/notes.txt', 'b/1.png', 'a/.x.png']);

describe('listImages', () => {
  it('searches folders with their subfolders, sorted, and reports what it skipped', async () => {
    const root = makeTree(FILES);
    const { images, skipped } = await listImages([join(root, 'a')]);
    expect(images.map(({ name }) => name)).toEqual(['10.JPG', '2.png', 'deep/1.png']);
    expect(images[2]!.path).toBe(join(root, 'a/deep/1.png'));
    expect(skipped.map(({ path }) => relative(root, path))).toEqual(['a/.x.png', 'a/notes.txt']);
  });

  it('lists each file once, with names that are unique', async () => {
    const root = makeTree(FILES);
    const paths = ['b', 'a/deep', 'a', 'a/2.png', 'b/1.png', 'a/../a/2.png'];
    const { images, skipped } = await listImages(paths.map((path) => `${root}/${path}`));
    const expected = ['a/10.JPG', 'a/2.png', 'a/deep/1.png', 'b/1.png'];
    expect(images.map(({ name }) => name)).toEqual(expected);
    expect(skipped).toHaveLength(2);
  });

  it('takes a single file, named by its file name', async () => {
    const root = makeTree(FILES);
    const { images } = await listImages([join(root, 'a/deep/1.png')]);
    expect(images).toEqual([{ path: join(root, 'a/deep/1.png'), name: '1.png' }]);
  });

  it('follows links, but not in circles', async () => {
    const root = makeTree(FILES);
    symlinkSync(join(root, 'a'), join(root, 'a/deep/up'));
    symlinkSync(join(root, 'b'), join(root, 'a/sideways'));
    const { images } = await listImages([join(root, 'a')]);
    expect(images.map(({ name }) => name)).toEqual([
      '10.JPG',
      '2.png',
      'deep/1.png',
      'sideways/1.png',
    ]);
  });

  it.each([
    ['a missing path', ['c'], /c does not exist[\s\S]*check the path/],
    ['a path through a file', ['b/1.png/x'], /x does not exist/],
    ['a file that is no image', ['a/notes.txt'], /notes\.txt is not an image\n.*\.png \.jpg/],
    ['a hidden file', ['a/.x.png'], /\.x\.png is not an image/],
    ['a folder without images', ['a', 'none'], /no images in .*none\n[\s\S]*1 files that are not/],
    ['an empty folder', ['empty'], /no images in .*empty\n[\s\S]*no files/],
  ])('refuses %s', async (_, paths, message) => {
    const root = makeTree({ ...FILES, 'none/readme.md': 'x', 'empty/': '' });
    await expect(listImages(paths.map((path) => join(root, path)))).rejects.toThrow(message);
  });

  it('refuses a broken link and an empty list', async () => {
    const root = makeTree(FILES);
    symlinkSync(join(root, 'gone'), join(root, 'b/2.png'));
    await expect(listImages([root])).rejects.toThrow(/b\/2\.png is a link to a file that is not/);
    await expect(listImages([])).rejects.toThrow(/no images were named/);
  });
});
