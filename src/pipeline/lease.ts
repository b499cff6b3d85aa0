/** Which artifacts living sessions count on: eviction leaves them alone. */
import { readdir, readFile, rm, utimes } from 'node:fs/promises';
import { HEARTBEAT, type Session, sessionOf } from '../core/session.ts';
import { type Cache, leaseFile, placeIn, replaceFile } from './cache.ts';
import { showsLife, takeLock } from './lock.ts';

/** Whoever changes what may be evicted, or evicts, does it alone. */
export const EVICTION = 'eviction';

interface Lease {
  readonly keys: readonly string[];
}

const NO_LEASE: Lease = { keys: [] };

/** Keeps these from eviction as long as the session lives, whether they are there yet or not. */
export async function leaseKeys(cache: Cache, keys: Iterable<string>): Promise<void> {
  await using _alone = await takeLock(cache, EVICTION);
  for (const key of keys) cache.leased.add(key);
  await writeLease(cache);
}

/** The session counts on these no longer. */
export async function releaseKeys(cache: Cache, keys: Iterable<string>): Promise<void> {
  await using _alone = await takeLock(cache, EVICTION);
  for (const key of keys) cache.leased.delete(key);
  await writeLease(cache);
}

function writeLease(cache: Cache): Promise<void> {
  const lease: Lease = { keys: [...cache.leased] };
  return replaceFile(cache, leaseFile(cache, cache.session), JSON.stringify(lease));
}

/** Shows other hosts that this session lives, until it is disposed of. */
export function startHeartbeat(cache: Pick<Cache, 'folder' | 'session'>): Disposable {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(leaseFile(cache, cache.session), now, now).catch(() => {});
  }, HEARTBEAT.everyMs);
  beat.unref();
  return { [Symbol.dispose]: () => clearInterval(beat) };
}

/**
 * What living sessions count on; to be called by who holds the lock `EVICTION`.
 * @param except one that is not asked
 */
export async function leasedKeys(cache: Cache, except?: Session): Promise<Set<string>> {
  const leased = new Set<string>();
  for (const session of await livingLeases(cache)) {
    if (session === except) continue;
    const text = await readFile(leaseFile(cache, session), 'utf8').catch(() => undefined);
    // Without a lease the session has just ended.
    const { keys } = text === undefined ? NO_LEASE : (JSON.parse(text) as Lease);
    for (const key of keys) leased.add(key);
  }
  return leased;
}

/** The sessions that live; removes the leases of the others. */
export async function livingLeases(cache: Pick<Cache, 'folder'>): Promise<string[]> {
  const living: string[] = [];
  for (const name of await readdir(placeIn(cache, 'leases'))) {
    const session = sessionOf(name);
    if (session === undefined) continue;
    if (await showsLife(cache, session)) living.push(session);
    else await rm(leaseFile(cache, session), { force: true });
  }
  return living;
}
