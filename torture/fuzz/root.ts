import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's folder: this file may have been compiled into `build`. */
export const ROOT = folderWith('configs', import.meta.dirname);

/** Real photographs and files, where they are there. */
export const SHARED = process.env.FLAWMAP_SHARED ?? join(ROOT, '..', 'shared');

function folderWith(name: string, from: string): string {
  return existsSync(join(from, name)) ? from : folderWith(name, dirname(from));
}
