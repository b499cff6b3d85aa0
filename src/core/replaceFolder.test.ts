import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { replaceFolder } from './replaceFolder.ts';

const write = (name: string, text: string) => async (folder: string) => {
  await mkdir(folder);
  await writeFile(join(folder, name), text);
};

describe('replaceFolder', () => {
  test('puts the new folder in the place of the old one, and leaves nothing beside it', async () => {
    const root = makeTree({ 'report/old.txt': 'old', 'report/deep/er.txt': 'old' });
    await replaceFolder(join(root, 'report'), write('new.txt', 'new'));
    expect(readdirSync(root)).toEqual(['report']);
    expect(readdirSync(join(root, 'report'))).toEqual(['new.txt']);
  });

  test('makes it where there is none, with its parents', async () => {
    const root = makeTree({});
    await replaceFolder(join(root, 'a', 'b'), write('new.txt', 'new'));
    expect(readFileSync(join(root, 'a', 'b', 'new.txt'), 'utf8')).toBe('new');
  });

  test('a failure leaves the old folder as it is', async () => {
    const root = makeTree({ 'report/old.txt': 'old' });
    const failing = async (folder: string) => {
      await write('half.txt', 'half')(folder);
      throw new Error('no');
    };
    await expect(replaceFolder(join(root, 'report'), failing)).rejects.toThrow('no');
    expect(readdirSync(root)).toEqual(['report']);
    expect(readdirSync(join(root, 'report'))).toEqual(['old.txt']);
  });

  test('says where it may not write', async () => {
    const root = makeTree({ file: 'x' });
    await expect(
      replaceFolder(join(root, 'file', 'report'), write('a', 'a')),
    ).rejects.toMatchObject({ kind: 'environment' });
    expect(existsSync(join(root, 'file'))).toBe(true);
  });
});
