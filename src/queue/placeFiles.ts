/**
 * The files that a stage reads, on a machine that has other folders: fetched by hash once, and laid
 * out under the names that they have where the study was planned, for as long as the stage works.
 */
import { rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { internalError } from '../core/error.ts';
import { makeFolder } from '../core/makeFolder.ts';
import type { RunControl } from '../core/progress.ts';
import { type Cache, newPartial } from '../pipeline/cache.ts';
import type { Job, Json } from '../pipeline/job.ts';
import { fetchFile } from '../store/exchangeFile.ts';
import type { FileCache } from '../store/fileCache.ts';
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

export interface PlacedFiles extends AsyncDisposable {
  /** The job's, with the folders of here. */
  readonly local: Json;
}

/**
 * Lays out a job's files: exactly those that it names, each folder beside the others.
 * @returns with what removes them again
 * @throws LackingFiles; FlawmapError (environment) where store or cache fail
 */
export async function placeFiles(
  store: Store,
  files: FileCache,
  cache: Cache,
  job: Job,
  { signal }: RunControl,
): Promise<PlacedFiles> {
  const { folders = {}, local = null } = job;
  const top = newPartial(cache);
  registerPartial(top);
  const remove = async () => {
    await rm(top, { recursive: true, force: true }).catch(() => {});
    forgetPartial(top);
  };
  try {
    await makeFolder(top).catch((error: unknown) => {
      throw writeFailure(cache.folder, error);
    });
    const lacking: string[] = [];
    const wanted = new Map(
      [...(job.files ?? []), ...(job.reads ?? [])].map(({ name, sha256 }) => [name, sha256]),
    );
    await eachAtOnce([...wanted], AT_ONCE, async ([name, sha256]) => {
      signal?.throwIfAborted();
      const path = join(top, name);
      if (!path.startsWith(`${top}${sep}`)) {
        throw internalError({ what: `a stage may not read ${name}`, expected: 'a path downwards' });
      }
      if ((await fetchFile(store, files, sha256, path, { signal })) !== 'whole') {
        lacking.push(sha256);
      }
    });
    if (lacking.length > 0) throw new LackingFiles(lacking);
    const moved = Object.entries(folders).map(([name, from]) => [from, join(top, name)] as const);
    return { local: withFolders(local, new Map(moved)), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Every text that is one of the folders, or a path below one, becomes that of the new folder. */
export function withFolders(value: Json, moved: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') {
    for (const [from, to] of moved) {
      if (value === from) return to;
      // Paths are those of the machine that planned: with slashes or backslashes.
      if (value.startsWith(from) && /^[\\/]/.test(value.slice(from.length))) {
        return join(to, value.slice(from.length + 1).replaceAll('\\', sep));
      }
    }
    return value;
  }
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((each) => withFolders(each, moved));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withFolders(each, moved)]),
  );
}
