/** Files fetched from a store, kept on this machine under their hashes, within a limit. */
import { randomBytes } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFailure } from '../core/atomicFile.ts';
import { makeFolder } from '../core/makeFolder.ts';

export interface FileCache {
  /** Absolute path. */
  readonly folder: string;
  readonly limitBytes: number;
  /** Bytes that may still be added, as far as this process knows. */
  readonly room: { bytes: number };
}

/** What is older a killed process has left. */
const ABANDONED_MS = 24 * 3600 * 1000;
/** Of the limit, what an eviction leaves, so that not every file that comes asks for one. */
const KEPT = 0.9;

/**
 * Made if missing; several processes may have it open.
 * @param limitBytes of all files together, kept to within what comes at the same time
 * @throws FlawmapError (environment) where the folder cannot be made or written to
 */
export async function openFileCache(path: string, limitBytes: number): Promise<FileCache> {
  const cache: FileCache = { folder: resolve(path), limitBytes, room: { bytes: 0 } };
  try {
    await makeFolder(join(cache.folder, 'files'));
    await makeFolder(join(cache.folder, 'partial'));
  } catch (error) {
    throw writeFailure(cache.folder, error);
  }
  for (const { path, usedAt } of await weighed(join(cache.folder, 'partial'))) {
    if (Date.now() - usedAt > ABANDONED_MS) await rm(path, { force: true });
  }
  await evictFiles(cache);
  return cache;
}

export const cachedFile = ({ folder }: FileCache, sha256: string): string =>
  join(folder, 'files', sha256.slice(0, 2), sha256);

/** A path where nothing is yet. */
export const partialFile = ({ folder }: FileCache): string =>
  join(folder, 'partial', `${process.pid}~${randomBytes(6).toString('hex')}`);

/** Makes a file the last to be evicted. */
export async function markFileUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}

/** Makes room where these bytes may have been too much. */
export async function evictFilesFor(cache: FileCache, bytes: number): Promise<void> {
  cache.room.bytes -= bytes;
  if (cache.room.bytes < 0) await evictFiles(cache);
}

async function evictFiles(cache: FileCache): Promise<void> {
  const files = await weighed(join(cache.folder, 'files'));
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > cache.limitBytes) {
    for (const { path, bytes } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= KEPT * cache.limitBytes) break;
      await rm(path, { force: true });
      total -= bytes;
    }
  }
  cache.room.bytes = cache.limitBytes - total;
}

async function weighed(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const found = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    // Another process may just have removed it.
    const known = await stat(path).catch(() => undefined);
    return { path, bytes: known?.size ?? 0, usedAt: known?.mtimeMs ?? 0 };
  });
  return Promise.all(found);
}
