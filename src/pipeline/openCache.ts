/** Artifacts by key, shared by all runs that are given the same folder. */
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFailure } from '../core/atomicFile.ts';
import { machineFailure } from '../core/machineFailure.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { newSession, sessionOf } from '../core/session.ts';
import { type Cache, leaseFile, PLACES, placeIn } from './cache.ts';
import { evict } from './evict.ts';
import { leaseKeys, livingLeases, startHeartbeat } from './lease.ts';
import { showsLife, sweepLocks } from './lock.ts';
import { sweepTransient } from './transient.ts';

export type { Artifact } from './artifact.ts';
export type { Cache } from './cache.ts';

export interface CacheOptions {
  /** Of all artifacts together; default: none. What living sessions use is kept even above it. */
  readonly limitBytes?: number;
}

/**
 * Opens a cache, made if missing, and removes what killed processes have left there. What its
 * session uses is safe from eviction until it is disposed of or its process ends.
 * @throws FlawmapError (environment) where the folder cannot be made or written to
 */
export async function openCache(
  path: string,
  { limitBytes = Number.POSITIVE_INFINITY }: CacheOptions = {},
): Promise<Cache> {
  const opened = { folder: resolve(path), session: newSession(), limitBytes };
  let heartbeat: Disposable | undefined;
  const cache: Cache = {
    ...opened,
    leased: new Set(),
    room: { bytes: 0 },
    async [Symbol.asyncDispose]() {
      heartbeat?.[Symbol.dispose]();
      try {
        await rm(leaseFile(cache, cache.session), { force: true });
        await sweepTransient(cache);
        await evict(cache);
      } catch (error) {
        // Where the disk or rights are gone meanwhile: the next session does it, once this one ended.
        if (machineFailure(error) === undefined) throw error;
      }
    },
  };
  try {
    for (const place of PLACES) await makeFolder(placeIn(cache, place));
    await leaseKeys(cache, []);
    heartbeat = startHeartbeat(cache);
    await sweep(cache);
  } catch (error) {
    // What cannot be closed must not hide why.
    await Promise.resolve(cache[Symbol.asyncDispose]()).catch(() => {});
    throw writeFailure(cache.folder, error);
  }
  return cache;
}

async function sweep(cache: Cache): Promise<void> {
  await livingLeases(cache);
  await sweepLocks(cache);
  await sweepTransient(cache);
  const partials = placeIn(cache, 'partial');
  for (const name of await readdir(partials)) {
    const session = sessionOf(name);
    if (session !== undefined && (await showsLife(cache, session))) continue;
    // Others may be sweeping as well.
    await rm(join(partials, name), { recursive: true, force: true }).catch(() => {});
  }
}
