/**
 * Output files appear whole or not at all: content goes to a partial file beside the target,
 * is flushed to disk and renamed over it. A failure or an interrupt removes the partial file; what a
 * killed process has left, the next one that writes to the same folder removes.
 */
import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { environmentError, FlawmapError, inputError, systemCode } from './error.ts';
import { makeFolder } from './makeFolder.ts';
import { partialOf, sweepPartials } from './partial.ts';

const partials = new Set<string>();

/** Has `removePartials` remove this path too, until it is forgotten. */
export const registerPartial = (path: string): unknown => partials.add(path);
export const forgetPartial = (path: string): unknown => partials.delete(path);

/** Removes what interrupted writes have left; called by the signal handlers of the program. */
export function removePartials(): void {
  for (const path of partials) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Such as a path below a file: nothing can be there.
    }
  }
  partials.clear();
}

/**
 * Writes one file atomically; missing parent folders are made.
 * @param content the bytes, or a source of chunks for what should not be in memory at once
 * @throws FlawmapError (environment) naming the file when the disk is full or access is denied
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await writeAtomic(path, async (partial) => {
    const file = await open(partial, 'wx');
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) {
        await file.writeFile(content);
      } else {
        for await (const chunk of content) await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/**
 * Makes a file or folder atomically: `make` fills the partial path it is given, which is then
 * renamed to the target. A folder that exists already must be empty, or the rename fails.
 * @param place instead of the renaming
 * @throws FlawmapError (environment) naming the target when it cannot be written; (input) naming
 * what `make` has asked for elsewhere and cannot read
 */
export async function writeAtomic(
  path: string,
  make: (partialPath: string) => Promise<void>,
  place: (partialPath: string, target: string) => Promise<void> = rename,
): Promise<void> {
  const target = resolve(path);
  const partial = partialOf(target);
  partials.add(partial);
  try {
    await makeFolder(dirname(target));
    await sweepPartials(dirname(target));
    await make(partial);
    await place(partial, target);
  } catch (error) {
    // What cannot be removed (a path below a file) must not hide why.
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw error instanceof FlawmapError ? error : failureOf(target, partial, error);
  } finally {
    partials.delete(partial);
  }
}

/** What a system error means for whoever wanted to write there, or to read what is written from. */
function failureOf(target: string, partial: string, error: unknown): unknown {
  const code = systemCode(error) ?? '';
  const path = pathOf(error);
  // The folders above are made as well, and what is replaced lies beside the target.
  const isOwn = (own: string) => path?.startsWith(own) || own.startsWith(`${path}${sep}`);
  const isRead = path !== undefined && !isOwn(target) && !isOwn(partial);
  if (!isRead || !UNREADABLE.includes(code)) return writeFailure(target, error);
  return inputError({
    what: `cannot read ${path}`,
    expected: 'what stays there, and may be read, until the work is done',
    found: code,
    remedy: 'see that it is there and that you may read it, then run again',
    cause: error,
  });
}

const UNREADABLE = ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EISDIR'];

const pathOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? resolve(error.path)
    : undefined;

const REMEDIES: Record<string, string> = {
  EACCES: 'choose a folder you may write to, or change its permissions',
  EPERM: 'choose a folder you may write to, or change its permissions',
  EROFS: 'the disk is mounted read-only: choose another folder',
  ENOSPC: 'free some disk space, or choose a folder on another disk',
  EDQUOT: 'your disk quota is used up: free some space, or choose another folder',
  ENOENT: 'this folder cannot be made here: choose another one',
  ENOTDIR: 'a part of this path is a file: choose another path',
  EEXIST: 'remove what is there, or choose another path',
  ENOTEMPTY: 'the folder exists and is not empty: remove it, or choose another path',
  EISDIR: 'this is a folder: give a file name',
  EIO: 'the disk fails: see what the system says of it, and choose a folder on another disk',
  EMFILE: 'too many files are open: close other programs, or raise the limit with `ulimit -n`',
  ENFILE: 'too many files are open: close other programs',
  ENAMETOOLONG: 'the name is too long for this disk: choose a shorter one',
  EBUSY: 'another program uses it: close that one, or choose another path',
};

/** What a system error means for whoever wanted to write there; anything else stays as it is. */
export function writeFailure(path: string, error: unknown): unknown {
  const code = systemCode(error);
  const remedy = code === undefined ? undefined : REMEDIES[code];
  if (code === undefined || remedy === undefined) return error;
  return environmentError({ what: `cannot write ${path}`, found: code, remedy, cause: error });
}
