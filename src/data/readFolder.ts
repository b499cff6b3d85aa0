/** Lists one folder in a fixed order, following links, with errors that say what to do. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError, inputError, systemCode } from '../core/error.ts';
import { byCodePoint } from './codePointOrder.ts';

export interface FolderListing {
  /** Names of the regular files, links to files included; code point order, as all lists here. */
  readonly files: readonly string[];
  /** Names of the folders, links to folders included; hidden ones left out. */
  readonly folders: readonly string[];
  /** Names of links that lead nowhere; hidden ones left out. */
  readonly brokenLinks: readonly string[];
}

/**
 * @param what how messages call the folder: `data folder`
 * @throws FlawmapError naming the path when it is missing, is a file or cannot be read
 */
export async function readFolder(path: string, what: string): Promise<FolderListing> {
  const entries = await entriesOf(path, what);
  const files: string[] = [];
  const folders: string[] = [];
  const brokenLinks: string[] = [];
  for (const entry of entries) {
    const kind = await kindOf(entry, join(path, entry.name));
    if (kind === 'file') files.push(entry.name);
    if (kind === 'folder' && !isHidden(entry.name)) folders.push(entry.name);
    if (kind === 'broken link' && !isHidden(entry.name)) brokenLinks.push(entry.name);
  }
  return {
    files: files.sort(byCodePoint),
    folders: folders.sort(byCodePoint),
    brokenLinks: brokenLinks.sort(byCodePoint),
  };
}

/** Dot files: `.DS_Store`, `._000.png`, `.git`. */
export const isHidden = (name: string): boolean => name.startsWith('.');

type PathKind = 'file' | 'folder' | 'broken link' | 'other';

async function kindOf(entry: Dirent, path: string): Promise<PathKind> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'other';
  try {
    const target = await stat(path);
    if (target.isFile()) return 'file';
    return target.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'broken link';
  }
}

async function entriesOf(path: string, what: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    switch (systemCode(error)) {
      case 'ENOENT':
        throw inputError({
          what: `the ${what} ${path} does not exist`,
          expected: 'a folder',
          remedy: 'check the path for a typing error',
          cause: error,
        });
      case 'ENOTDIR':
        throw inputError({
          what: `the ${what} ${path} is a file`,
          expected: 'a folder',
          remedy: 'give the folder that holds it',
          cause: error,
        });
      case 'EACCES':
      case 'EPERM':
        throw environmentError({
          what: `the ${what} ${path} cannot be read`,
          expected: 'permission to read it',
          found: 'permission denied',
          remedy: 'change its permissions, or run as a user who may read it',
          cause: error,
        });
      case undefined:
        throw error;
      default:
        throw environmentError({
          what: `the ${what} ${path} cannot be read`,
          expected: 'a folder that the system can list',
          found: `the system reports ${systemCode(error)}`,
          remedy: 'check the path, and the disk or network drive that holds it',
          cause: error,
        });
    }
  }
}
