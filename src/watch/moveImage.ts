/** Moves a file and never overwrites another: neither by a name that is taken nor when killed. */
import { copyFile, link, lstat, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { systemCode } from '../core/error.ts';
import { flushFile } from '../core/flush.ts';
import { sha256File } from '../core/hash.ts';
import { makeFolder } from '../core/makeFolder.ts';

/**
 * The file gets its new name before it loses the old one; killed in between, it has both.
 * @param source absolute path
 * @param target absolute path wanted; `x.png` becomes `x-1.png` where that is taken
 * @param resumed whether an earlier move may have been killed: a target with the same content is then
 * that move's
 * @returns where it is now; the source where somebody else has taken it away meanwhile
 * @throws FlawmapError (environment) saying what the system refused; the file is then where it was
 */
export async function moveImage(source: string, target: string, resumed: boolean): Promise<string> {
  try {
    await makeFolder(dirname(target));
    for (let count = 0; ; count++) {
      const candidate = numbered(target, count);
      if (await nameAlso(source, candidate)) {
        await unlink(source);
        return candidate;
      }
      if (resumed && (await isSame(source, candidate))) {
        await unlink(source);
        return candidate;
      }
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && !(await isThere(source))) return source;
    throw writeFailure(target, error);
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

function numbered(path: string, count: number): string {
  if (count === 0) return path;
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-${count}${extension}`;
}

/** False where the name is taken. */
async function nameAlso(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' || code === 'ENOSPC' || code === 'EROFS') throw error;
    // Another disk, or one that knows no second names (FAT, some network drives).
    return copyTo(source, target);
  }
}

async function copyTo(source: string, target: string): Promise<boolean> {
  const partial = `${target}.partial-${process.pid}`;
  registerPartial(partial);
  try {
    await copyFile(source, partial);
    await flushFile(partial);
    return await giveName(partial, target);
  } finally {
    await rm(partial, { force: true });
    forgetPartial(partial);
  }
}

async function giveName(partial: string, target: string): Promise<boolean> {
  try {
    await link(partial, target);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
  }
  try {
    // The name is taken by an empty file first, which the rename replaces.
    await (await open(target, 'wx')).close();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(partial, target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return true;
}

async function isSame(source: string, target: string): Promise<boolean> {
  const [a, b] = [await stat(source), await stat(target)];
  if (a.size !== b.size) return false;
  return (
    (a.ino === b.ino && a.dev === b.dev) ||
    (await sha256File(source)) === (await sha256File(target))
  );
}
