import { statfs } from 'node:fs/promises';
import { environmentError } from './error.ts';

/**
 * Says before the work that its result will not fit, rather than when the disk is full.
 * @param what it is, for messages: `the features of 160 images`
 * @param place what to do with a place that is too small: `set cache.folder to ...`
 * @throws FlawmapError (environment)
 */
export async function requireDiskSpace(
  folder: string,
  bytes: number,
  what: string,
  place: string,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw environmentError({
    what: `the disk has no room for ${what}`,
    expected: `${gigabytes(bytes)} free where ${folder} lies`,
    found: `${gigabytes(free)} free`,
    remedy: `free some disk space, or ${place}`,
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
