import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ofTheDead } from '../../test/support/partials.ts';
import { makeTree } from '../../test/support/tree.ts';
import { withoutRights } from '../../test/support/withoutRights.ts';
import { requireWritable } from './requireWritable.ts';

describe('requireWritable', () => {
  test('leaves nothing in a folder that is there, or above one that is not', async () => {
    const root = makeTree({ 'there/': '' });
    await requireWritable(join(root, 'there'));
    await requireWritable(join(root, 'not', 'there'));
    expect(readdirSync(root)).toEqual(['there']);
    expect(readdirSync(join(root, 'there'))).toEqual([]);
  });

  test('removes what it has left where it was killed, above a folder that is not there yet', async () => {
    const root = makeTree({ [ofTheDead('.flawmap')]: '' });
    await requireWritable(join(root, 'not', 'there'));
    expect(readdirSync(root)).toEqual([]);
  });

  test.each([
    ['a file', 'file', 'a part of this path is a file'],
    ['below a file', 'file/folder/out', 'a part of this path is a file'],
  ])('refuses what is %s', async (_, path, remedy) => {
    const root = makeTree({ file: 'x' });
    const folder = join(root, path);
    await expect(requireWritable(folder)).rejects.toMatchObject({
      kind: 'environment',
      details: { what: `cannot write ${folder}`, remedy: expect.stringContaining(remedy) },
    });
  });

  test.skipIf(process.platform !== 'linux')('refuses where no files can be made', async () => {
    await expect(requireWritable('/proc/flawmap')).rejects.toThrow('cannot write /proc/flawmap');
  });

  test('refuses a folder of somebody else', async () => {
    const root = makeTree({ 'theirs/': '' });
    chmodSync(root, 0o755);
    const theirs = join(root, 'theirs');
    await expect(withoutRights(() => requireWritable(theirs))).rejects.toThrow(
      'choose a folder you may write to',
    );
  });
});
