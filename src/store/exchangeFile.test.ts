import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import { blobName, getBlob } from './blob.ts';
import { fetchFile, publishFile } from './exchangeFile.ts';
import { cachedFile, openFileCache } from './fileCache.ts';
import { openFolderStore } from './folderStore.ts';
import type { Store } from './store.ts';

async function places(files: Readonly<Record<string, string>>, limitBytes = 1e6) {
  const root = makeTree(files);
  const store = await openFolderStore(join(root, 'store'));
  const cache = await openFileCache(join(root, 'cache'), limitBytes);
  for (const [name, content] of Object.entries(files)) {
    await publishFile(store, join(root, name), sha256(content));
  }
  return { root, store, cache, to: (name: string) => join(root, 'out', name) };
}

const filesOf = ({ folder }: { folder: string }): string[] =>
  readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

describe('files', () => {
  it('arrive where they are wanted, through the cache', async () => {
    const { root, store, cache, to } = await places({ a: 'one' });
    expect(await publishFile(store, join(root, 'a'), sha256('one'))).toBe(false);
    expect(await fetchFile(store, cache, sha256('one'), to('x/1.png'))).toBe('whole');
    await store.remove(blobName(sha256('one')));
    expect(await fetchFile(store, cache, sha256('one'), to('y/2.png'))).toBe('whole');
    expect(await fetchFile(store, cache, sha256('one'), to('y/2.png'))).toBe('whole');
    for (const name of ['x/1.png', 'y/2.png']) expect(readFileSync(to(name), 'utf8')).toBe('one');
    expect(statSync(to('x/1.png')).ino).toBe(statSync(cachedFile(cache, sha256('one'))).ino);
    expect(statSync(to('x/1.png')).mode & 0o222).toBe(0);
  });

  it('are not put under a hash that is not theirs', async () => {
    const { root, store } = await places({ a: 'one' });
    const published = publishFile(store, join(root, 'a'), sha256('two'));
    await expect(published).rejects.toMatchObject({
      kind: 'input',
      details: { found: `SHA-256 ${sha256('one')}` },
    });
    expect(await store.has(blobName(sha256('two')))).toBe(false);
  });

  it('are not asked for where they cannot be written: what is not read to its end stays open', async () => {
    const { root, store } = await places({ a: 'one' });
    let asked = 0;
    const read: Store['read'] = (...which) => {
      asked++;
      return store.read(...which);
    };
    const path = join(root, 'no folder', 'a');
    await expect(getBlob({ ...store, read }, sha256('one'), path)).rejects.toMatchObject({
      kind: 'environment',
      details: { found: 'ENOENT' },
    });
    expect(asked).toBe(0);
  });

  it('are refused where they are missing or damaged', async () => {
    const { root, store, cache, to } = await places({ a: 'one' });
    expect(await fetchFile(store, cache, sha256('two'), to('2'))).toBe('missing');
    const blob = join(root, 'store', 'objects', blobName(sha256('one')));
    writeFileSync(blob, 'eno');
    expect(await fetchFile(store, cache, sha256('one'), to('1'))).toBe('damaged');
    expect(readdirSync(join(root, 'out'))).toEqual([]);
    expect(filesOf(cache)).toEqual([]);
    expect(readdirSync(join(cache.folder, 'partial'))).toEqual([]);
    // So that it can be put there again.
    expect(existsSync(blob)).toBe(false);
  });

  it('are fetched again where they have been damaged in the cache', async () => {
    const { cache, store, to } = await places({ a: 'one' });
    expect(await fetchFile(store, cache, sha256('one'), to('1'))).toBe('whole');
    const cached = cachedFile(cache, sha256('one'));
    rmSync(cached);
    writeFileSync(cached, 'eno');
    expect(await fetchFile(store, cache, sha256('one'), to('2'))).toBe('whole');
    expect(readFileSync(to('2'), 'utf8')).toBe('one');
    expect(readFileSync(cached, 'utf8')).toBe('one');
  });

  it('leave the cache when there are too many, those used longest ago first', async () => {
    const files = { a: 'a'.repeat(40), b: 'b'.repeat(40), c: 'c'.repeat(40) };
    const { store, cache, to } = await places(files, 100);
    for (const name of ['a', 'b', 'a2', 'c'] as const) {
      const content = files[name[0] as keyof typeof files];
      expect(await fetchFile(store, cache, sha256(content), to(name))).toBe('whole');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(filesOf(cache)).toEqual([sha256(files.a), sha256(files.c)].sort());
    // Whoever has it keeps it.
    expect(readFileSync(to('b'), 'utf8')).toBe(files.b);
  });

  it('arrive even where the cache has no room for one', async () => {
    const { store, cache, to } = await places({ a: 'one' }, 1);
    expect(await fetchFile(store, cache, sha256('one'), to('1'))).toBe('whole');
    expect(readFileSync(to('1'), 'utf8')).toBe('one');
    expect(filesOf(cache)).toEqual([]);
  });
});
