import { stat } from 'node:fs/promises';

/** What `fileIdentity` says where there is no file, or none that can be looked at. */
export const GONE = 'gone';

/**
 * Tells, without reading it, a file that was replaced or written to from the one before: a rename gives
 * it another inode, and whoever writes to it cannot keep the time of its change (`ctime`). It asks the
 * file system, which network drives answer too; of events they tell nothing.
 * @returns text to compare; it may differ although the content is the same
 */
export async function fileIdentity(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return GONE;
  }
}
