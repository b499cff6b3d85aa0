import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 of files of a run as they were written, by their paths within it. */
export type WrittenHashes = Readonly<Record<string, unknown>>;

/**
 * Those of the run's manifest, which is written last of all. Empty where there is none that can be
 * read: of a run from elsewhere whose result alone was kept.
 */
export async function writtenHashes(run: string): Promise<WrittenHashes> {
  try {
    const { outputs } = JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8'));
    return typeof outputs === 'object' && outputs !== null ? outputs : {};
  } catch {
    return {};
  }
}
