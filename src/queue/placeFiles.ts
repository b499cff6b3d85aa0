/**
 * The files that a stage reads, on a machine that has other folders: fetched by hash once, and laid
 * out under the names that they have where the study was planned.
 */
import { copyFile, link, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { internalError, systemCode } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import { makeFolder } from '../core/makeFolder.ts';
import type { RunControl } from '../core/progress.ts';
import { type Cache, newPartial } from '../pipeline/cache.ts';
import type { FileInput, Job, Json } from '../pipeline/job.ts';
import { getBlob } from '../store/blob.ts';
import type { Store } from '../store/store.ts';

/** Files that are fetched at the same time. */
const AT_ONCE = 8;

/** The store does not have them, or not whole. */
export class LackingFiles extends Error {
  readonly hashes: readonly string[];

  constructor(hashes: readonly string[]) {
    super(`${hashes.length} input files are not in the store, or not whole`);
    this.hashes = hashes;
  }
}

/**
 * Lays out a job's files under the cache's folder.
 * @returns the job's `local` with the new folders
 * @throws LackingFiles; FlawmapError (environment) where store or cache fail
 */
export async function placeFiles(
  store: Store,
  cache: Cache,
  { files = [], reads = [], folders = {}, local = null }: Job,
  control: RunControl,
): Promise<Json> {
  const moved = new Map<string, string>();
  for (const [name, from] of Object.entries(folders)) {
    const start = `${name}/`;
    const inside = new Map(
      [...files, ...reads]
        .filter((file) => file.name.startsWith(start))
        .map((file) => [file.name.slice(start.length), file.sha256]),
    );
    if (inside.size === 0) continue;
    const list = [...inside].map(([name, sha256]) => ({ name, sha256 }));
    moved.set(from, await placeFolder(store, cache, list, control));
  }
  return withFolders(local, moved);
}

/** Every text that is one of the folders, or a path below one, becomes that of the new folder. */
export function withFolders(value: Json, moved: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') {
    for (const [from, to] of moved) {
      if (value === from) return to;
      // The paths are those of the machine that planned: with slashes or backslashes.
      if (value.startsWith(`${from}/`) || value.startsWith(`${from}\\`)) {
        return join(to, value.slice(from.length + 1).replaceAll('\\', sep));
      }
    }
    return value;
  }
  if (Array.isArray(value))
    return (value as readonly Json[]).map((each) => withFolders(each, moved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withFolders(each, moved)]),
  );
}

/** A folder of exactly these files; made once. */
async function placeFolder(
  store: Store,
  cache: Cache,
  files: readonly FileInput[],
  { signal }: RunControl,
): Promise<string> {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const hash = sha256(JSON.stringify(sorted.map(({ name, sha256 }) => [name, sha256])));
  const folder = join(inputsFolder(cache), 'folders', hash);
  if (await isThere(folder)) return folder;
  const lacking: string[] = [];
  const places = new Map<string, string>();
  await eachAtOnce([...new Set(files.map((file) => file.sha256))], AT_ONCE, async (hash) => {
    signal?.throwIfAborted();
    const path = await placeBlob(store, cache, hash, { signal });
    if (path === undefined) lacking.push(hash);
    else places.set(hash, path);
  });
  if (lacking.length > 0) throw new LackingFiles(lacking);
  const partial = newPartial(cache);
  registerPartial(partial);
  try {
    await makeFolder(partial);
    for (const { name, sha256 } of files) {
      const path = join(partial, name);
      if (!path.startsWith(`${partial}${sep}`)) {
        throw internalError({ what: `a stage may not read ${name}`, expected: 'a path downwards' });
      }
      await mkdir(dirname(path), { recursive: true });
      await linkOrCopy(places.get(sha256)!, path);
    }
    await makeFolder(dirname(folder));
    await rename(partial, folder).catch(async (error: unknown) => {
      // Another worker was first.
      if (!(await isThere(folder))) throw error;
    });
    return folder;
  } catch (error) {
    throw writeFailure(cache.folder, error);
  } finally {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    forgetPartial(partial);
  }
}

/** @returns its path in the cache; undefined where the store does not have it whole */
export async function placeBlob(
  store: Store,
  cache: Cache,
  hash: string,
  control: RunControl,
): Promise<string | undefined> {
  const path = join(inputsFolder(cache), 'blobs', hash.slice(0, 2), hash);
  if (await isThere(path)) return path;
  const partial = newPartial(cache);
  registerPartial(partial);
  try {
    if ((await getBlob(store, hash, partial, control)) !== 'whole') return undefined;
    await makeFolder(dirname(path));
    await rename(partial, path);
    return path;
  } finally {
    await rm(partial, { force: true }).catch(() => {});
    forgetPartial(partial);
  }
}

const inputsFolder = ({ folder }: Cache): string => join(folder, 'inputs');

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // File systems without hard links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemCode(error) ?? '')) {
      throw error;
    }
    await copyFile(from, to);
  }
}

/** Whether it is there; marks it as used. */
async function isThere(path: string): Promise<boolean> {
  if ((await stat(path).catch(() => undefined)) === undefined) return false;
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
  return true;
}
