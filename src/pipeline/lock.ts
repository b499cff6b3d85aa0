/**
 * Locks among sessions. Whoever wants one raises a flag, an empty file of its name, in the lock's
 * folder, and has it if no other living session's flag is there then; else it lowers its own. Of
 * two that raise at once at least one sees the other, and flags of the dead can be removed by
 * anybody at any time, because no name comes again.
 */
import { open, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCode } from '../core/error.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { isSessionAlive } from '../core/session.ts';
import { type Cache, leaseFile, placeIn } from './cache.ts';

type Holder = Pick<Cache, 'folder' | 'session'>;

/** @returns undefined where another living session holds it, or this one already does */
export async function tryLock(cache: Holder, name: string): Promise<AsyncDisposable | undefined> {
  const folder = join(placeIn(cache, 'locks'), name);
  if ((await livingFlags(cache, folder)).length > 0) return undefined;
  const flag = join(folder, cache.session);
  if (!(await raise(folder, flag))) return undefined;
  const lower = async () => {
    await rm(flag, { force: true });
    await removeIfEmpty(folder);
  };
  if ((await livingFlags(cache, folder)).length > 1) {
    await lower();
    return undefined;
  }
  return { [Symbol.asyncDispose]: lower };
}

/** Waits its turn. */
export async function takeLock(cache: Holder, name: string): Promise<AsyncDisposable> {
  for (;;) {
    const lock = await tryLock(cache, name);
    if (lock !== undefined) return lock;
    // Of random length, so that two that have met do not meet again.
    await wait(5 + 30 * Math.random());
  }
}

/** Removes the flags of the dead from all locks. */
export async function sweepLocks(cache: Holder): Promise<void> {
  for (const name of await readdir(placeIn(cache, 'locks'))) {
    const folder = join(placeIn(cache, 'locks'), name);
    await livingFlags(cache, folder);
    await removeIfEmpty(folder);
  }
}

async function livingFlags(cache: Holder, folder: string): Promise<string[]> {
  const living: string[] = [];
  for (const session of await readdir(folder).catch(ifMissing<string[]>([]))) {
    if (await showsLife(cache, session)) living.push(session);
    else await rm(join(folder, session), { force: true });
  }
  return living;
}

/** Whether a session lives, as far as its number or its lease tells. */
export async function showsLife(cache: Pick<Cache, 'folder'>, session: string): Promise<boolean> {
  const lease = await stat(leaseFile(cache, session)).catch(ifMissing(undefined));
  return isSessionAlive(session, lease?.mtimeMs);
}

async function raise(folder: string, flag: string): Promise<boolean> {
  for (;;) {
    await makeFolder(folder);
    try {
      await (await open(flag, 'wx')).close();
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      // Whoever had the lock before has just removed its folder.
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

/** Somebody's flag may have come meanwhile; then it stays. */
const removeIfEmpty = (folder: string): Promise<void> => rmdir(folder).catch(() => {});

const ifMissing =
  <T>(value: T) =>
  (error: unknown): T => {
    if (systemCode(error) === 'ENOENT') return value;
    throw error;
  };
