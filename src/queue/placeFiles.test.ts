import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testCache } from '../../test/support/pipelineJobs.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import type { Job } from '../pipeline/job.ts';
import { blobName } from '../store/blob.ts';
import { openFileCache } from '../store/fileCache.ts';
import { openStore } from '../store/openStore.ts';
import { LackingFiles, placeFiles, withFolders } from './placeFiles.ts';
import { filesByHash, sendFiles } from './sendFiles.ts';

describe('withFolders', () => {
  const moved = new Map([
    ['/data/nut', '/here/nut'],
    ['C:\\data\\zip', '/here/zip'],
  ]);

  it('changes folders and paths below them, however deep in the value', () => {
    const local = {
      roots: { nut: '/data/nut', zip: 'C:\\data\\zip' },
      list: [{ file: '/data/nut/test/a.png' }, 'C:\\data\\zip\\b.png', null, 3],
    };
    expect(withFolders(local, moved)).toEqual({
      roots: { nut: '/here/nut', zip: '/here/zip' },
      list: [{ file: '/here/nut/test/a.png' }, '/here/zip/b.png', null, 3],
    });
  });

  it('leaves alone what only begins like a folder', () => {
    expect(withFolders(['/data/nuts', 'data/nut', 'filterbank'], moved)).toEqual([
      '/data/nuts',
      'data/nut',
      'filterbank',
    ]);
  });
});

describe('files from one machine to another', () => {
  const content = { 'train/a.png': 'image a', 'mask/a.png': 'mask a' };

  async function moved(more: Partial<Job> = {}) {
    const there = makeTree(content);
    const files = Object.entries(content).map(([name, text]) => ({
      name: `nut/${name}`,
      sha256: sha256(text),
    }));
    const job: Job = {
      ...{ id: 'j', stage: 's', kind: 'k', options: {}, files: files.slice(0, 1) },
      reads: files.slice(1),
      folders: { nut: there },
      local: { roots: { nut: there } },
      ...more,
    };
    const store = await openStore(join(makeTree({}), 'store'));
    await sendFiles(store, filesByHash([job]), {});
    const cache = await testCache();
    const fileCache = await openFileCache(join(makeTree({}), 'files'), 1e9);
    return { job, store, cache, fileCache, files };
  }

  it('lie where the job is told, exactly those, and go when it is done', async () => {
    const { job, store, cache, fileCache } = await moved();
    let root: string;
    {
      await using placed = await placeFiles(store, fileCache, cache, job, {});
      root = (placed.local as { roots: { nut: string } }).roots.nut;
      expect(readdirSync(root, { recursive: true }).sort()).toEqual(
        ['mask', join('mask', 'a.png'), 'train', join('train', 'a.png')].sort(),
      );
      expect(readFileSync(join(root, 'train/a.png'), 'utf8')).toBe('image a');
    }
    expect(existsSync(root)).toBe(false);
    expect(readdirSync(join(cache.folder, 'partial'))).toEqual([]);
  });

  it('those that the store lacks are named, and nothing stays', async () => {
    const { job, store, cache, fileCache, files } = await moved();
    await store.remove(blobName(files[1]!.sha256));
    const error = await placeFiles(store, fileCache, cache, job, {}).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(LackingFiles);
    expect((error as LackingFiles).hashes).toEqual([files[1]!.sha256]);
    expect(readdirSync(join(cache.folder, 'partial'))).toEqual([]);
  });

  it('never lie outside of where they are put', async () => {
    const { job, store, cache, fileCache } = await moved();
    const out = { ...job, files: [{ ...job.files![0]!, name: 'nut/../../../out.png' }] };
    await expect(placeFiles(store, fileCache, cache, out, {})).rejects.toMatchObject({
      kind: 'internal',
    });
  });

  it('must be what they were when they are handed over', async () => {
    const { job, store } = await moved();
    const other = { ...job, files: [{ name: 'nut/train/a.png', sha256: sha256('other') }] };
    await expect(sendFiles(store, filesByHash([other]), {})).rejects.toMatchObject({
      kind: 'input',
      details: { what: expect.stringContaining('train/a.png has changed') },
    });
  });

  it('must lie in a folder that is known', () => {
    const job = { id: 'j', stage: 's', kind: 'k', options: {} };
    const files = [{ name: 'zip/a.png', sha256: 'x' }];
    expect(() => filesByHash([{ ...job, files }])).toThrow('in which folder zip/a.png lies');
  });
});
