import { isAbsolute, relative, sep } from 'node:path';

/** A path as seen from the current folder, where it lies below it; else in full. */
export function relativePath(path: string, folder: string = process.cwd()): string {
  const below = relative(folder, path);
  const isOutside = below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
  return below === '' || isOutside ? path : below;
}
