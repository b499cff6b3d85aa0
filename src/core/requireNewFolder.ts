import { readdir } from 'node:fs/promises';
import { inputError, systemCode } from './error.ts';
import { counted } from './listed.ts';

/**
 * A folder that holds something is not written over.
 * @param content what was to be written there, for the message
 * @throws FlawmapError (input) when the path is a file, or a folder that is not empty
 */
export async function requireNewFolder(path: string, content: string): Promise<void> {
  let found: string;
  try {
    const entries = await readdir(path);
    if (entries.length === 0) return;
    found = `${counted(entries.length, 'entry', 'entries')} in it`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    if (systemCode(error) !== 'ENOTDIR') throw error;
    found = 'a file';
  }
  throw inputError({
    what: `cannot write ${content} to ${path}`,
    expected: 'a new or empty folder',
    found,
    remedy: 'remove what is there, or choose another folder',
  });
}
