import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeAtomic } from './atomicFile.ts';
import { systemCode } from './error.ts';

/**
 * Makes a folder anew: `make` fills a partial one beside it, which then takes the place of whatever
 * was there. Until that moment the old folder stays as it is.
 * @throws FlawmapError (environment) naming the folder when the disk is full or access is denied
 */
export async function replaceFolder(
  path: string,
  make: (partialPath: string) => Promise<void>,
): Promise<void> {
  const target = resolve(path);
  const old = `${target}.replaced-${process.pid}`;
  await writeAtomic(target, async (partial) => {
    await make(partial);
    await rename(target, old).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
    });
  });
  await rm(old, { recursive: true, force: true });
}
