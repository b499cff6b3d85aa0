import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { makeFolder } from './makeFolder.ts';

describe('makeFolder', () => {
  it('makes all that is missing, and leaves what is there', async () => {
    const root = makeTree({ 'a/file': 'x' });
    await makeFolder(join(root, 'a/b/c'));
    await makeFolder(join(root, 'a/b/c'));
    expect(statSync(join(root, 'a/b/c')).isDirectory()).toBe(true);
    expect(readdirSync(join(root, 'a')).sort()).toEqual(['b', 'file']);
  });

  it('can be asked for folders that have the same parents at once', async () => {
    const root = makeTree({});
    const names = Array.from({ length: 10 }, (_, i) => `folder${i}`);
    await Promise.all(names.map((name) => makeFolder(join(root, 'x/y', name))));
    expect(readdirSync(join(root, 'x/y')).sort()).toEqual(names);
  });

  it('throws what the system says below a file', async () => {
    const root = makeTree({ file: 'x' });
    await expect(makeFolder(join(root, 'file/a/b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.skipIf(process.platform !== 'linux')('comes back where no folder can be made', async () => {
    await expect(makeFolder('/proc/flawmap/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
