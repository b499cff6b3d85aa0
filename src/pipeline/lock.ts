/** A lock among processes: a folder, which only one of them can make. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCode } from '../core/error.ts';
import { HEARTBEAT, isAlive, type Owner, thisProcess } from './processOwner.ts';

const OWNER = 'owner.json';
/** Between making the folder and saying whose it is nothing can go wrong for longer than this. */
const NAMELESS_MS = 10_000;

/** @returns undefined where another living process holds it */
export async function tryLock(folder: string): Promise<AsyncDisposable | undefined> {
  if (!(await make(folder))) {
    if (!(await isAbandoned(folder))) return undefined;
    await clearAway(folder);
    if (!(await make(folder))) return undefined;
  }
  const owner = join(folder, OWNER);
  await writeFile(owner, JSON.stringify(thisProcess()));
  const heartbeat = setInterval(() => {
    utimes(owner, new Date(), new Date()).catch(() => {});
  }, HEARTBEAT.everyMs);
  heartbeat.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits its turn. */
export async function takeLock(folder: string, signal?: AbortSignal): Promise<AsyncDisposable> {
  for (;;) {
    signal?.throwIfAborted();
    const lock = await tryLock(folder);
    if (lock !== undefined) return lock;
    await wait(50 + 50 * Math.random());
  }
}

async function make(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Of several who find it abandoned one moves it, and all compete anew. */
async function clearAway(folder: string): Promise<void> {
  const aside = `${folder}.abandoned-${randomBytes(4).toString('hex')}`;
  await rename(folder, aside).catch(() => {});
  // Who came too late has moved the lock of who came first, and puts it back.
  if (await isAbandoned(aside)) await rm(aside, { recursive: true, force: true });
  else await rename(aside, folder).catch(() => {});
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const path = join(folder, OWNER);
    const owner = JSON.parse(await readFile(path, 'utf8')) as Owner;
    return !isAlive(owner, (await stat(path)).mtimeMs);
  } catch {
    const made = await stat(folder).catch(() => undefined);
    return made !== undefined && Date.now() - made.mtimeMs > NAMELESS_MS;
  }
}
