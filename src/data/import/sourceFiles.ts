/** Files of a folder that somebody else has laid out, and names that somebody else has given. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, resolve, sep, win32 } from 'node:path';
import { inputError } from '../../core/error.ts';
import { isHidden, readFolder } from '../readFolder.ts';

/**
 * All files below a folder, hidden ones left out: paths relative to it with forward slashes, by
 * folder and name in code point order.
 * @throws FlawmapError when a folder cannot be read
 */
export async function filesBelow(root: string): Promise<string[]> {
  return search(root, '', []);
}

/** @param above real paths of the folders on the way here: a link back to one is not followed */
async function search(root: string, inside: string, above: readonly string[]): Promise<string[]> {
  const path = join(root, inside);
  const real = await realpath(path).catch(() => path);
  if (above.includes(real)) return [];
  const { files, folders } = await readFolder(path, 'source folder');
  const found = files.filter((name) => !isHidden(name)).map((name) => posix.join(inside, name));
  for (const folder of folders) {
    found.push(...(await search(root, posix.join(inside, folder), [...above, real])));
  }
  return found;
}

/**
 * The absolute path of a file that an annotation names.
 * @param file the annotation, for messages
 * @throws FlawmapError (input) for an absolute path, a drive, and anything that leads out of the
 * folder: annotations are other people's
 */
export function pathInside(root: string, name: string, file: string): string {
  const parts = name.split(/[/\\]/);
  const leadsOut = isAbsolute(name) || win32.isAbsolute(name) || /^[a-z]:/i.test(name);
  if (leadsOut || parts.includes('..') || name.includes('\0')) throw leadsOutside(root, name, file);
  return join(root, ...parts);
}

/** As {@link pathInside}, for names relative to a folder in the root: `..` may stay within it. */
export function pathFrom(folder: string, root: string, name: string, file: string): string {
  const path = resolve(folder, ...name.split(/[/\\]/));
  const absolute = isAbsolute(name) || win32.isAbsolute(name) || /^[a-z]:/i.test(name);
  const isInside = path.startsWith(root.endsWith(sep) ? root : root + sep);
  if (absolute || !isInside || name.includes('\0')) throw leadsOutside(root, name, file);
  return path;
}

function leadsOutside(root: string, name: string, file: string) {
  return inputError({
    what: `${file} names an image outside of the data set`,
    expected: `names of files in ${root}`,
    found: JSON.stringify(name),
    remedy: 'do not trust this file; or move its images below the folder and name them so',
  });
}

/**
 * A name for a file or folder on every system: letters, digits, `-`, `_` and dots inside; anything
 * else becomes `_`.
 */
export function safeName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_')
    .replace(/^\.+|\.+$/g, '_')
    .slice(0, 100);
  return safe === '' ? '_' : safe;
}
