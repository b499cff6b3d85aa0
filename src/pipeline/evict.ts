import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFailure } from '../core/machineFailure.ts';
import type { Artifact } from './artifact.ts';
import { type Cache, objectFolder, placeIn, removeObject } from './cache.ts';
import { EVICTION, leasedKeys } from './lease.ts';
import { takeLock } from './lock.ts';
import { readDocument } from './readArtifact.ts';

/**
 * Removes what was used least recently until the cache is within its limit, except what a living
 * session has leased and what is another user's; so it may stay above the limit.
 */
export async function evict(cache: Cache): Promise<void> {
  if (cache.limitBytes === Number.POSITIVE_INFINITY) return;
  await using _alone = await takeLock(cache, EVICTION);
  const objects = await Promise.all((await storedKeys(cache)).map((key) => weigh(cache, key)));
  let total = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  const leased = await leasedKeys(cache);
  objects.sort((a, b) => a.usedAt - b.usedAt);
  for (const { key, bytes } of objects) {
    if (total <= cache.limitBytes) break;
    if (leased.has(key)) continue;
    try {
      await removeObject(cache, key);
    } catch (error) {
      if (machineFailure(error) === undefined) throw error;
      continue;
    }
    total -= bytes;
  }
  cache.room.bytes = cache.limitBytes - total;
}

/** Evicts where this artifact may have been too much: the cache is not weighed after every job. */
export async function evictFor(cache: Cache, { files }: Pick<Artifact, 'files'>): Promise<void> {
  cache.room.bytes -= totalBytes(files);
  if (cache.room.bytes < 0) await evict(cache);
}

/** Makes artifacts the last to be evicted. */
export async function markUsed(
  cache: Cache,
  artifacts: Iterable<{ readonly key: string }>,
): Promise<void> {
  const now = new Date();
  for (const { key } of artifacts) {
    // One that is not there is none to keep.
    await utimes(objectFolder(cache, key), now, now).catch(() => {});
  }
}

/** Of all that lies in the cache, whole or not. */
export async function storedKeys(cache: Pick<Cache, 'folder'>): Promise<string[]> {
  const objects = placeIn(cache, 'objects');
  const groups = await Promise.all(
    (await readdir(objects)).map((group) => readdir(join(objects, group)).catch(() => [])),
  );
  return groups.flat();
}

async function weigh(cache: Cache, key: string) {
  const folder = objectFolder(cache, key);
  const document = await readDocument(folder);
  const bytes = totalBytes(document?.files ?? []);
  const usedAt = (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0;
  return { key, bytes, usedAt };
}

export const totalBytes = (files: Artifact['files']): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);
