import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JOIN, JOINED, joinJob, THREE, testCache } from '../../test/support/pipelineJobs.ts';
import { makeTree } from '../../test/support/tree.ts';
import { inlineExecutor } from '../pipeline/inlineExecutor.ts';
import type { Job } from '../pipeline/job.ts';
import { keyJobs } from '../pipeline/jobKey.ts';
import { openFileCache } from '../store/fileCache.ts';
import { openStore } from '../store/openStore.ts';
import type { Store } from '../store/store.ts';
import { storedDocumentName } from '../store/storedDocument.ts';
import { doStage, LackingNeeds, StageFailure, type Workplace } from './doStage.ts';
import { holdKeys } from './holdKeys.ts';
import { type StageSpec, specOf } from './stageSpec.ts';

function specsOf(jobs: readonly Job[]): Record<string, StageSpec> {
  const keyed = keyJobs(jobs, JOIN);
  const keys = new Map(keyed.map(({ job, key }) => [job.id, key]));
  return Object.fromEntries(keyed.map((one) => [one.job.id, specOf(one, keys)]));
}

const newStore = () => openStore(join(makeTree({}), 'store'));

async function workplace(store: Store): Promise<Workplace> {
  const cache = await testCache();
  return {
    store,
    cache,
    files: await openFileCache(join(makeTree({}), 'files'), 1e9),
    executor: inlineExecutor(JOIN),
    hold: holdKeys(cache),
  };
}

const { a, b, c } = specsOf(THREE) as { a: StageSpec; b: StageSpec; c: StageSpec };

/** What is under a key in the cache of a place. */
const joinedAt = ({ cache }: Workplace, { key }: StageSpec): string =>
  readFileSync(join(cache.folder, 'objects', key.slice(0, 2), key, JOINED), 'utf8');

describe('doStage', () => {
  it('builds on what other machines have left, in the order of the needs', async () => {
    const store = await newStore();
    expect(await doStage(await workplace(store), a, {})).toBe('made');
    expect(await doStage(await workplace(store), b, {})).toBe('made');
    const last = await workplace(store);
    expect(await doStage(last, c, {})).toBe('made');
    expect(joinedAt(last, c)).toBe('aabc');
    // All that it counted on may go again.
    expect([...last.cache.leased]).toEqual([]);
  });

  it('does nothing where the store has the result', async () => {
    const store = await newStore();
    await doStage(await workplace(store), a, {});
    const other = await workplace(store);
    expect(await doStage(other, a, {})).toBe('found');
    expect(readdirSync(join(other.cache.folder, 'objects'))).toEqual([]);
  });

  it('hands on what the cache has already', async () => {
    const store = await newStore();
    const place = await workplace(store);
    await doStage(place, a, {});
    await store.remove(storedDocumentName(a.key));
    const broken = { ...place, executor: inlineExecutor({}) };
    expect(await doStage(broken, a, {})).toBe('made');
    expect(await store.has(storedDocumentName(a.key))).toBe(true);
  });

  it('comes to one result where two finish the same stage', async () => {
    const store = await newStore();
    const [one, two] = [await workplace(store), await workplace(store)];
    const both = await Promise.all([doStage(one, a, {}), doStage(two, a, {})]);
    expect(both).toContain('made');
    const reader = await workplace(store);
    await doStage(reader, b, {});
    expect(joinedAt(reader, b)).toBe('ab');
  });

  it('names the results that it lacks, missing ones and damaged ones', async () => {
    const store = await newStore();
    for (const spec of [a, b]) await doStage(await workplace(store), spec, {});
    await store.remove(storedDocumentName(a.key));
    const folder = join(store.url, 'objects', 'blobs');
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || readFileSync(path, 'utf8') !== 'ab') continue;
      rmSync(path);
      writeFileSync(path, 'aX');
    }
    const error = await doStage(await workplace(store), c, {}).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(LackingNeeds);
    expect(new Set((error as LackingNeeds).keys)).toEqual(new Set([a.key, b.key]));
    // Struck, so that it is made again.
    expect(await store.has(storedDocumentName(b.key))).toBe(false);
  });

  it('tells a failure of the stage from one of the machine', async () => {
    const store = await newStore();
    const bad = specsOf([joinJob('bad', [], '!')]).bad!;
    const error = await doStage(await workplace(store), bad, {}).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StageFailure);
    expect(error.cause).toBeInstanceOf(RangeError);
    const away: Store = { ...store, has: () => Promise.reject(new Error('no store')) };
    await expect(doStage(await workplace(away), a, {})).rejects.toThrow('no store');
  });
});
