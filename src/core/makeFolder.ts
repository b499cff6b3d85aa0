import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './error.ts';

/**
 * Makes a folder and those above it; what is there already is left as it is. Unlike `mkdir` with
 * `recursive`, which in Node.js 20 never returns where the system makes no folders (below `/proc`).
 * @param path absolute
 * @throws the system's error
 */
export async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  // On Windows a drive that is missing is its own parent.
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else has made it meanwhile.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
