/** Refuses work that the disk has no room for before it starts. */
import { statfs } from 'node:fs/promises';
import { environmentError } from '../core/error.ts';

/**
 * @param folder an existing folder on the disk concerned
 * @throws FlawmapError (environment) with what is needed and what is free
 */
export async function requireDiskSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw environmentError({
    what: `there is too little space on the disk of ${folder}`,
    expected: `about ${gigabytes(bytes)} free`,
    found: gigabytes(free),
    remedy: 'free some space, or choose a folder on another disk',
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
