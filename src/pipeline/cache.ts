/** A cache that is open, and where in its folder things lie. */
import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../core/error.ts';
import type { Session } from '../core/session.ts';

export interface Cache extends AsyncDisposable {
  /** Absolute path. */
  readonly folder: string;
  readonly session: Session;
  /** Infinity: no limit. */
  readonly limitBytes: number;
  /** Bytes that may still be added, as far as this session knows. */
  readonly room: { bytes: number };
  /** Keys that the session counts on, as written to its lease. */
  readonly leased: Set<string>;
}

/**
 * `objects` holds the artifacts, `transient` the keys of those that go with the sessions that
 * work with them, `partial` what is being made or removed, `locks` and `leases` keep sessions out
 * of each other's way, `plans` remembers what each study was last made of.
 */
export const PLACES = ['objects', 'transient', 'partial', 'locks', 'leases', 'plans'] as const;

type Place = (typeof PLACES)[number];
type Folder = Pick<Cache, 'folder'>;

export const placeIn = ({ folder }: Folder, place: Place): string => join(folder, place);

export const objectFolder = (cache: Folder, key: string): string =>
  join(placeIn(cache, 'objects'), key.slice(0, 2), key);

export const leaseFile = (cache: Folder, session: Session): string =>
  join(placeIn(cache, 'leases'), `${session}.json`);

/** A path where nothing is yet; swept when the session is dead. */
export const newPartial = (cache: Pick<Cache, 'folder' | 'session'>): string =>
  join(placeIn(cache, 'partial'), `${cache.session}~${randomBytes(4).toString('hex')}`);

/**
 * Takes an artifact out of the way in one step, so that nobody finds half of it. No error where
 * there is none.
 * @throws the system's error where it stays, because it is another user's
 */
export async function removeObject(cache: Cache, key: string): Promise<void> {
  const aside = newPartial(cache);
  try {
    await rename(objectFolder(cache, key), aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** Writes a file of the cache's own: all of it is there, or what was before. */
export async function replaceFile(cache: Cache, path: string, text: string): Promise<void> {
  const partial = newPartial(cache);
  await writeFile(partial, text);
  await rename(partial, path);
}
