import { open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFailure } from './atomicFile.ts';
import { partialOf, sweepPartials } from './partial.ts';

/**
 * Finds out whether files can be made in a folder, which need not be there yet, and leaves nothing.
 * Long work that ends there asks this first. (The system's own answer, `access`, does not know of
 * read-only disks and other users' rights on every system: so a file is made and removed.)
 * @param folder absolute
 * @throws FlawmapError (environment) saying why not
 */
export async function requireWritable(folder: string): Promise<void> {
  const place = await nearestThere(folder);
  const probe = partialOf(join(place, '.flawmap'));
  // Where this is killed it leaves one, and nobody else may ever write to a folder that is above.
  await sweepPartials(place);
  try {
    const file = await open(probe, 'w');
    await file.close();
    await rm(probe, { force: true });
  } catch (error) {
    throw writeFailure(folder, error);
  }
}

/** The folder, or the one above it that is there. */
async function nearestThere(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestThere(dirname(path));
}
