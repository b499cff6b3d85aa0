/** What lies in a folder. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 of each file, by its path in the folder; of a folder, `folder`. */
export type Tree = ReadonlyMap<string, string>;

export function treeOf(root: string): Tree {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const hash = () => createHash('sha256').update(readFileSync(path)).digest('hex');
      return [relative(root, path), entry.isDirectory() ? 'folder' : hash()];
    }),
  );
}

/** What lies at a place, the place itself with it: one text for each content. */
export function contentAt(tree: Tree, place: string): string {
  const own = [...tree].filter(([path]) => path === place || path.startsWith(`${place}/`));
  return JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What was put aside to be replaced, seen where the next command puts it back: no system renames over a
 * folder, so that between two renames neither is in its place.
 */
export function withPutBack(tree: Tree): Tree {
  return new Map(
    [...tree].map(([path, content]) => {
      const [, place, rest] = /^(.*)\.replaced-[^/]+(.*)$/.exec(path) ?? [];
      return [place !== undefined && !tree.has(place) ? `${place}${rest}` : path, content];
    }),
  );
}

export interface Expected {
  readonly tree: Tree;
  /** Whose content may differ from run to run: times are in it. */
  readonly varies: RegExp;
}

/** The first difference, if any. */
export function differenceFrom(found: Tree, { tree, varies }: Expected): string | undefined {
  for (const [path, content] of found) {
    const wanted = tree.get(path);
    if (wanted === undefined) return `${path} is left behind`;
    if (wanted !== content && !varies.test(path)) return `${path} has another content`;
  }
  for (const path of tree.keys()) if (!found.has(path)) return `${path} is missing`;
  return undefined;
}
