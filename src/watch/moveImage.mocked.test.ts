import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { moveImage } from './moveImage.ts';

let linkFails: string | undefined;
let renameFails = false;
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const link: typeof fs.link = async (from, to) => {
    if (linkFails === undefined) return fs.link(from, to);
    throw Object.assign(new Error(linkFails), { code: linkFails });
  };
  const rename: typeof fs.rename = async (from, to) => {
    if (!renameFails) return fs.rename(from, to);
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  return { ...fs, link, rename };
});

describe.each([
  ['a disk with second names', undefined],
  ['another disk', 'EXDEV'],
  ['a disk without second names', 'EPERM'],
])('moveImage to %s', (_name, code) => {
  const move = async (...given: Parameters<typeof moveImage>) => {
    linkFails = code;
    try {
      return await moveImage(...given);
    } finally {
      linkFails = undefined;
    }
  };

  it('never overwrites', async () => {
    const root = makeTree({ 'a.png': 'new', 'to/a.png': 'old', 'to/a-1.png': 'older' });
    const found = await move(join(root, 'a.png'), join(root, 'to/a.png'), false);
    expect(found).toBe(join(root, 'to/a-2.png'));
    const content = (name: string) => readFileSync(join(root, 'to', name), 'utf8');
    expect(['a.png', 'a-1.png', 'a-2.png'].map(content)).toEqual(['old', 'older', 'new']);
    expect(readdirSync(root)).toEqual(['to']);
    expect(readdirSync(join(root, 'to'))).toHaveLength(3);
  });

  it('makes folders', async () => {
    const root = makeTree({ 'a.png': 'new' });
    await move(join(root, 'a.png'), join(root, 'to/normal/b/a.png'), false);
    expect(readFileSync(join(root, 'to/normal/b/a.png'), 'utf8')).toBe('new');
  });

  // Root may write to it all the same.
  it('takes along a file that may not be written to', async () => {
    const root = makeTree({ 'a.png': 'new' });
    chmodSync(join(root, 'a.png'), 0o444);
    await move(join(root, 'a.png'), join(root, 'to/a.png'), false);
    expect(readFileSync(join(root, 'to/a.png'), 'utf8')).toBe('new');
  });

  it('lets a file go that somebody else has taken away', async () => {
    const root = makeTree({});
    const source = join(root, 'a.png');
    expect(await move(source, join(root, 'to/a.png'), false)).toBe(source);
    expect(readdirSync(join(root, 'to'))).toEqual([]);
  });

  it('ends a move that was killed, and only when told that one may have been', async () => {
    const root = makeTree({ 'a.png': 'new', 'to/a.png': 'new' });
    const target = join(root, 'to/a.png');
    expect(await move(join(root, 'a.png'), target, true)).toBe(target);
    expect(readdirSync(root)).toEqual(['to']);
    writeFileSync(join(root, 'a.png'), 'new');
    expect(await move(join(root, 'a.png'), target, false)).toBe(join(root, 'to/a-1.png'));
  });
});

it('leaves nothing under the name that it could not give', async () => {
  const root = makeTree({ 'a.png': 'new', 'to/': '' });
  [linkFails, renameFails] = ['EPERM', true];
  const moved = moveImage(join(root, 'a.png'), join(root, 'to/a.png'), false);
  await expect(moved).rejects.toMatchObject({ kind: 'environment' });
  [linkFails, renameFails] = [undefined, false];
  expect(readdirSync(join(root, 'to'))).toEqual([]);
  expect(readFileSync(join(root, 'a.png'), 'utf8')).toBe('new');
});

it('ends a move that was killed when the file had both names', async () => {
  const root = makeTree({ 'a.png': 'new' });
  mkdirSync(join(root, 'to'));
  linkSync(join(root, 'a.png'), join(root, 'to/a.png'));
  const target = join(root, 'to/a.png');
  expect(await moveImage(join(root, 'a.png'), target, true)).toBe(target);
  expect(readdirSync(root)).toEqual(['to']);
});

it('says where it cannot move to, and leaves the file', async () => {
  const root = makeTree({ 'a.png': 'new', file: '' });
  await expect(
    moveImage(join(root, 'a.png'), join(root, 'file/normal/a.png'), false),
  ).rejects.toMatchObject({ kind: 'environment' });
  expect(readFileSync(join(root, 'a.png'), 'utf8')).toBe('new');
});
