import { randomBytes } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { type FileHandle, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { environmentError, FlawmapError, messageOf, systemCode } from '../core/error.ts';
import { flushFolder } from '../core/flush.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { requireWritable } from '../core/requireWritable.ts';
import type { Store, StoreControl, StoreSource } from './store.ts';
import { requireStoreName } from './storeName.ts';

/** Nothing is written for longer; what is older a killed process has left. */
const ABANDONED_MS = 24 * 3600 * 1000;
/** Bytes read at a time. */
const PIECE = 1 << 20;
/** What file systems without hard links answer. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * A store in a folder, which may be on NFS: no locks, and nothing but what NFS does in one step.
 * @throws FlawmapError (environment) where the folder cannot be made or written to
 */
export async function openFolderStore(path: string): Promise<Store> {
  const root = resolve(path);
  const objects = join(root, 'objects');
  const partials = join(root, 'partial');
  await saying(root, () => makeFolder(partials));
  await requireWritable(partials);
  await sweep(partials);
  const pathOf = (name: string) => {
    requireStoreName(name);
    return join(objects, name);
  };

  return {
    url: root,
    async read(name, control) {
      try {
        const path = pathOf(name);
        // A folder can be opened as well.
        if (!(await isThere(root, path))) return undefined;
        return piecesOf(root, await open(path, 'r'), control);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw readFailure(root, error);
      }
    },
    async write(name, source, control) {
      const path = pathOf(name);
      if (await isThere(root, path)) return false;
      const partial = join(partials, newName());
      registerPartial(partial);
      try {
        await fill(root, partial, source, control);
        return await saying(root, () => giveName(partial, path));
      } finally {
        await rm(partial, { force: true }).catch(() => {});
        forgetPartial(partial);
      }
    },
    has: async (name) => isThere(root, pathOf(name)),
    async remove(name) {
      await saying(root, () => rm(pathOf(name), { force: true }));
    },
    async *list(prefix, { signal } = {}) {
      const above = join(objects, prefix.slice(0, prefix.lastIndexOf('/') + 1));
      for (const entry of await entriesBelow(root, above)) {
        signal?.throwIfAborted();
        const name = relative(objects, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
        if (entry.isFile() && name.startsWith(prefix)) yield name;
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Of one process on one machine, and never twice. */
const newName = (): string =>
  `${hostname().replace(/[^\w.-]/g, '-')}~${process.pid}~${randomBytes(6).toString('hex')}`;

/** Flushed before it has a name: the name promises the content. */
async function fill(
  root: string,
  partial: string,
  source: StoreSource,
  { signal }: StoreControl = {},
): Promise<void> {
  const file = await saying(root, () => open(partial, 'wx', 0o644));
  try {
    const pieces =
      source instanceof Uint8Array
        ? [source]
        : createReadStream(source.file, { highWaterMark: PIECE });
    for await (const piece of pieces as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted();
      await saying(root, () => file.writeFile(piece));
    }
    await saying(root, () => file.sync());
  } finally {
    await file.close();
  }
}

/** A hard link fails where the name is taken, which a renaming would not. */
async function giveName(partial: string, path: string): Promise<boolean> {
  await makeFolder(dirname(path));
  try {
    await link(partial, path);
  } catch (error) {
    const code = systemCode(error) ?? '';
    // NFS may ask twice, and then hear that its own link is there.
    if (code === 'EEXIST') return (await stat(partial)).nlink > 1;
    if (!NO_LINKS.includes(code)) throw error;
    await rename(partial, path);
  }
  await flushFolder(dirname(path));
  return true;
}

async function* piecesOf(
  root: string,
  file: FileHandle,
  { signal }: StoreControl = {},
): AsyncGenerator<Uint8Array> {
  try {
    // The stream closes the file, also where nobody reads to the end.
    for await (const piece of file.createReadStream({ highWaterMark: PIECE })) {
      signal?.throwIfAborted();
      yield piece as Uint8Array;
    }
  } catch (error) {
    throw systemCode(error) === undefined ? error : readFailure(root, error);
  }
}

async function isThere(root: string, path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw readFailure(root, error);
  }
}

async function entriesBelow(root: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw readFailure(root, error);
  }
}

/** What killed processes have left; another machine may be sweeping as well. */
async function sweep(partials: string): Promise<void> {
  for (const name of await readdir(partials)) {
    const path = join(partials, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || Date.now() - found.mtimeMs < ABANDONED_MS) continue;
    await rm(path, { force: true }).catch(() => {});
  }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');

async function saying<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writeFailure(root, error);
  }
}

function readFailure(root: string, error: unknown): unknown {
  if (error instanceof FlawmapError) return error;
  return environmentError({
    what: `the store ${root} cannot be read`,
    found: messageOf(error),
    remedy: 'see that its disk is mounted and that you may read it, then run again',
    cause: error,
  });
}
