import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError, inputError, systemCode } from '../core/error.ts';
import { isImageFile } from '../image/imageFormat.ts';

export interface FoundImage {
  /** Absolute path. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * The images of a folder and its subfolders, the oldest first. Links to files are files; links to
 * folders are not followed.
 * @param isIgnored told the absolute path of every folder and file
 * @throws FlawmapError where the folder itself is missing or cannot be read; what goes away or cannot
 * be read below it is left out
 */
export async function findImages(
  folder: string,
  isIgnored: (path: string) => boolean,
): Promise<FoundImage[]> {
  const found: FoundImage[] = [];
  for (const path of await imagePaths(folder, isIgnored, true)) {
    const file = await stat(path).catch(() => undefined);
    if (file?.isFile()) found.push({ path, size: file.size, mtimeMs: file.mtimeMs });
  }
  return found.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1));
}

/** Their paths alone, in no order. */
export async function imagePaths(
  folder: string,
  isIgnored: (path: string) => boolean,
  top = true,
): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(folder, top)) {
    const path = join(folder, entry.name);
    if (isIgnored(path)) continue;
    if (entry.isDirectory()) found.push(...(await imagePaths(path, isIgnored, false)));
    else if (isImageFile(entry.name)) found.push(path);
  }
  return found;
}

async function entriesOf(folder: string, top: boolean) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (!top) return [];
    throw folderFailure(folder, error);
  }
}

/** What it means that a watched folder cannot be looked into. */
export function folderFailure(folder: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return inputError({
      what: `${folder} cannot be watched`,
      expected: 'a folder that photographs are put into',
      found: code === 'ENOENT' ? 'nothing there' : 'a file',
      remedy: 'check the path, or make the folder; start again when it is there',
      cause: error,
    });
  }
  if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE') {
    return environmentError({
      what: `${folder} cannot be watched`,
      expected: 'room for another watch of a folder',
      found: `the system has none left (${code})`,
      remedy: 'give --poll, or raise fs.inotify.max_user_watches',
      cause: error,
    });
  }
  if (code === undefined) return error;
  return environmentError({
    what: `${folder} cannot be watched`,
    expected: 'permission to read it',
    found: code,
    remedy: 'change its permissions, or run as a user who may read it; start again then',
    cause: error,
  });
}
