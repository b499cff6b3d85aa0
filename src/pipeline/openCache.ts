/**
 * Artifacts by key, shared by all runs on this machine. `objects` holds them, `partial` what is
 * being made, `locks` and `leases` keep runs out of each other's way, `plans` remembers what each
 * study was last made of.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import {
  forgetPartial,
  registerPartial,
  writeFailure,
  writeFileAtomic,
} from '../core/atomicFile.ts';
import { systemCode } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { type Artifact, type Measured, readArtifact, sealArtifact } from './artifact.ts';
import type { KeyedJob, KeyParts } from './jobKey.ts';
import { leasedKeys, takeLease } from './leases.ts';
import { takeLock, tryLock } from './lock.ts';
import { isAlive } from './processOwner.ts';

export type PlanRecord = Readonly<Record<string, KeyParts>>;

export interface Cache {
  /** Absolute path. */
  readonly folder: string;
  /** Undefined where there is none that is whole. Using one makes it the last to be evicted. */
  find(keyed: Pick<KeyedJob, 'job' | 'key'>): Promise<Artifact | undefined>;
  /** Whether something lies there, whole or not. */
  has(key: string): Promise<boolean>;
  /** Fills a new folder with `make`, which then is the artifact; a damaged one is replaced. */
  add(keyed: KeyedJob, make: (folder: string) => Promise<Measured>): Promise<Artifact>;
  /** Undefined while another run works on it. */
  lock(key: string): Promise<AsyncDisposable | undefined>;
  /** Keeps these from eviction, there already or not. */
  lease(keys: readonly string[]): Promise<AsyncDisposable>;
  /** Removes what was used least recently, down to the limit, except what is leased. */
  evict(): Promise<void>;
  readPlan(name: string): Promise<PlanRecord>;
  writePlan(name: string, record: PlanRecord): Promise<void>;
}

export interface CacheOptions {
  /** Default: none. */
  readonly limitBytes?: number;
}

/** @throws FlawmapError (environment) where the folder cannot be made */
export async function openCache(
  path: string,
  { limitBytes = Number.POSITIVE_INFINITY }: CacheOptions = {},
): Promise<Cache> {
  const folder = resolve(path);
  const within = (name: string) => join(folder, name);
  try {
    for (const name of ['objects', 'partial', 'locks', 'leases', 'plans']) {
      await makeFolder(within(name));
    }
  } catch (error) {
    throw writeFailure(folder, error);
  }
  await sweep(within('partial'));
  const objectFolder = (key: string) => join(folder, 'objects', key.slice(0, 2), key);
  const newPartial = (key: string) =>
    join(within('partial'), `${key.slice(0, 16)}-${process.pid}-${randomBytes(4).toString('hex')}`);
  const planFile = (name: string) => join(within('plans'), `${sha256(name)}.json`);
  /** Whoever changes what may be evicted, or evicts, does it alone. */
  const alone = () => takeLock(join(within('locks'), 'eviction'));

  /** Out of the way in one step, so that nobody finds half of it. */
  async function remove(key: string): Promise<void> {
    const aside = newPartial(key);
    await rename(objectFolder(key), aside).catch(() => {});
    await rm(aside, { recursive: true, force: true });
  }

  return {
    folder,
    async find({ job, key }) {
      const artifact = await readArtifact(objectFolder(key), job.id);
      if (artifact === undefined) return undefined;
      const now = new Date();
      await utimes(objectFolder(key), now, now).catch(() => {});
      return artifact;
    },
    has: (key) =>
      stat(objectFolder(key)).then(
        () => true,
        () => false,
      ),
    async add({ job, key, parts }, make) {
      const partial = newPartial(key);
      registerPartial(partial);
      try {
        await makeFolder(partial);
        const measured = await make(partial);
        await sealArtifact(partial, { id: job.id, key, parts, measured });
        await remove(key);
        await makeFolder(join(folder, 'objects', key.slice(0, 2)));
        await rename(partial, objectFolder(key));
      } catch (error) {
        await rm(partial, { recursive: true, force: true });
        throw systemCode(error) === undefined ? error : writeFailure(folder, error);
      } finally {
        forgetPartial(partial);
      }
      return (await readArtifact(objectFolder(key), job.id))!;
    },
    lock: (key) => tryLock(join(within('locks'), key)),
    async lease(keys) {
      await using _lock = await alone();
      return takeLease(within('leases'), keys);
    },
    async evict() {
      if (limitBytes === Number.POSITIVE_INFINITY) return;
      await using _lock = await alone();
      const stored = await listStored(within('objects'));
      let total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
      if (total <= limitBytes) return;
      const leased = await leasedKeys(within('leases'));
      stored.sort((a, b) => a.usedAt - b.usedAt);
      for (const { key, bytes } of stored) {
        if (total <= limitBytes) return;
        if (leased.has(key)) continue;
        await remove(key);
        total -= bytes;
      }
    },
    async readPlan(name) {
      try {
        return JSON.parse(await readFile(planFile(name), 'utf8')) as PlanRecord;
      } catch {
        return {};
      }
    },
    writePlan: (name, record) => writeFileAtomic(planFile(name), JSON.stringify(record)),
  };
}

interface Stored {
  readonly key: string;
  readonly bytes: number;
  /** ms since 1970 */
  readonly usedAt: number;
}

async function listStored(objects: string): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const prefix of await readdir(objects)) {
    for (const key of await readdir(join(objects, prefix))) {
      const place = join(objects, prefix, key);
      const artifact = await readArtifact(place, key);
      const bytes = artifact?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
      const usedAt = await stat(place).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      stored.push({ key, bytes, usedAt });
    }
  }
  return stored;
}

/** What a process has left that was killed: its number is part of the name. */
async function sweep(partials: string): Promise<void> {
  for (const name of await readdir(partials)) {
    const path = join(partials, name);
    const pid = Number(name.split('-')[1]);
    const touched = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (!isAlive({ pid, host: hostname() }, touched))
      await rm(path, { recursive: true, force: true });
  }
}
