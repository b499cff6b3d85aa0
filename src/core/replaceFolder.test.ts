import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { replaceFolder } from './replaceFolder.ts';
import { newSession } from './session.ts';

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

  test('puts back what a killed process had put aside, before anything else', async () => {
    const root = makeTree({ [`${asideOfTheDead()}/old.txt`]: 'old' });
    const failing = async () => {
      throw new Error('no');
    };
    await expect(replaceFolder(join(root, 'report'), failing)).rejects.toThrow('no');
    expect(readdirSync(root)).toEqual(['report']);
    expect(readFileSync(join(root, 'report', 'old.txt'), 'utf8')).toBe('old');
  });

  test('removes what a killed process had put aside and replaced', async () => {
    const root = makeTree({ [`${asideOfTheDead()}/old.txt`]: 'old', 'report/new.txt': 'new' });
    await replaceFolder(join(root, 'report'), write('newer.txt', 'newer'));
    expect(readdirSync(root)).toEqual(['report']);
    expect(readdirSync(join(root, 'report'))).toEqual(['newer.txt']);
  });

  test('of several at once one stays whole, and nothing beside it', async () => {
    const root = makeTree({ 'report/old.txt': 'old' });
    const names = Array.from({ length: 8 }, (_, i) => `${i}.txt`);
    const target = join(root, 'report');
    await Promise.all(names.map((name) => replaceFolder(target, write(name, name))));
    expect(readdirSync(root)).toEqual(['report']);
    const [found, ...others] = readdirSync(target);
    expect(others).toEqual([]);
    expect(readFileSync(join(target, found!), 'utf8')).toBe(found);
  });

  test('puts the old folder back where the new one cannot take its place', async () => {
    const root = makeTree({ 'report/old.txt': 'old' });
    const target = join(root, 'report');
    const replacing = replaceFolder(target, async (partial) => {
      await write('new.txt', 'new')(partial);
      // Gone before it is renamed, so that only the second renaming fails.
      await rename(partial, join(root, 'elsewhere'));
    });
    await expect(replacing).rejects.toMatchObject({ kind: 'environment' });
    expect(readdirSync(root).sort()).toEqual(['elsewhere', 'report']);
    expect(readdirSync(target)).toEqual(['old.txt']);
  });
});

function asideOfTheDead(): string {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return `report.replaced-${newSession().replace(/~\d+~\d+~/, `~${pid}~0~`)}`;
}
