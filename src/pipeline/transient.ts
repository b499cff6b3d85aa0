/**
 * Artifacts that go with the sessions that work with them (`Job.transient`). An empty file named
 * after the key says so, from before the artifact is made until after it is gone: whatever a killed
 * run has left, the next session finds and removes.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from './artifact.ts';
import { type Cache, placeIn, removeObject } from './cache.ts';
import { totalBytes } from './evict.ts';
import { EVICTION, leasedKeys } from './lease.ts';
import { takeLock } from './lock.ts';

/** To be called before the artifact is made. */
export const markTransient = (cache: Cache, key: string): Promise<void> =>
  writeFile(markOf(cache, key), '');

/** Removes an artifact that this session is done with, unless another counts on it. */
export async function dropTransient(
  cache: Cache,
  { key, files }: Pick<Artifact, 'key' | 'files'>,
): Promise<void> {
  await using _alone = await takeLock(cache, EVICTION);
  if ((await leasedKeys(cache, cache.session)).has(key)) return;
  await remove(cache, key);
  cache.room.bytes += totalBytes(files);
}

/** Removes those that no living session has leased. */
export async function sweepTransient(cache: Cache): Promise<void> {
  const marked = await readdir(placeIn(cache, 'transient'));
  if (marked.length === 0) return;
  await using _alone = await takeLock(cache, EVICTION);
  const leased = await leasedKeys(cache);
  for (const key of marked) if (!leased.has(key)) await remove(cache, key);
}

async function remove(cache: Cache, key: string): Promise<void> {
  await removeObject(cache, key);
  await rm(markOf(cache, key), { force: true });
}

const markOf = (cache: Cache, key: string): string => join(placeIn(cache, 'transient'), key);
