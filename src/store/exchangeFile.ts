/** Files that jobs read, on their way to other machines: named by their content alone. */
import { chmod, copyFile, link, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { inputError, systemCode } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { partialOf } from '../core/partial.ts';
import { blobName, getBlob, putBlob } from './blob.ts';
import {
  cachedFile,
  evictFilesFor,
  type FileCache,
  markFileUsed,
  partialFile,
} from './fileCache.ts';
import type { Store, StoreControl } from './store.ts';

/**
 * Copies a file to the store.
 * @param sha256 of the content it is to have
 * @returns false where the store has it already
 * @throws FlawmapError (input) where the file has another content, (environment) where the store
 * fails; the system's error where the file cannot be read
 */
export async function publishFile(
  store: Store,
  path: string,
  sha256: string,
  control?: StoreControl,
): Promise<boolean> {
  if (await store.has(blobName(sha256), control)) return false;
  const found = await sha256File(path);
  if (found !== sha256) {
    throw inputError({
      what: `${path} has changed since it was first read`,
      expected: `SHA-256 ${sha256}`,
      found: `SHA-256 ${found}`,
      remedy: 'put back the file as it was, or start again with the new one',
    });
  }
  return putBlob(store, sha256, { file: path }, control);
}

/**
 * Puts a file from the store at a path, through the cache of this machine. It is a hard link where
 * the file system has them, and not to be written to; the cache may forget the file meanwhile.
 * @param to where nothing is yet; missing folders are made. A file there already is left as it is
 * @returns `missing` or `damaged` where the store does not have it whole; then nothing is at `to`
 * @throws FlawmapError (environment) where store, cache or target fail
 */
export async function fetchFile(
  store: Store,
  cache: FileCache,
  sha256: string,
  to: string,
  control?: StoreControl,
): Promise<'whole' | 'missing' | 'damaged'> {
  const cached = cachedFile(cache, sha256);
  const target = resolve(to);
  try {
    await makeFolder(dirname(target));
    await dropDamaged(cached, sha256);
    while (!(await place(cached, target))) {
      const state = await fetchToCache(store, cache, sha256, control);
      if (state !== 'whole') return state;
      // Before anything is evicted, because it may be this one.
      const placed = await place(cached, target);
      if (!placed) continue;
      await evictFilesFor(cache, (await stat(target)).size);
      break;
    }
  } catch (error) {
    throw writeFailure(target, error);
  }
  await markFileUsed(cached);
  return 'whole';
}

/** What lies in the cache may have changed on the disk since it came. */
async function dropDamaged(cached: string, sha256: string): Promise<void> {
  try {
    if ((await sha256File(cached)) !== sha256) await rm(cached, { force: true });
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

async function fetchToCache(
  store: Store,
  cache: FileCache,
  sha256: string,
  control?: StoreControl,
): Promise<'whole' | 'missing' | 'damaged'> {
  const cached = cachedFile(cache, sha256);
  const partial = partialFile(cache);
  registerPartial(partial);
  try {
    const state = await getBlob(store, sha256, partial, control);
    if (state !== 'whole') return state;
    // Whoever gets a link to it could else change it for all.
    await chmod(partial, 0o444);
    await makeFolder(dirname(cached));
    await rename(partial, cached);
    return state;
  } finally {
    await rm(partial, { force: true });
    forgetPartial(partial);
  }
}

/** @returns false where the cache does not have it (any more) */
async function place(cached: string, target: string): Promise<boolean> {
  try {
    await link(cached, target);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return false;
  }
  // Another disk, or one without links.
  const partial = partialOf(target);
  try {
    await copyFile(cached, partial);
    await rename(partial, target);
    return true;
  } catch (error) {
    await rm(partial, { force: true });
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
