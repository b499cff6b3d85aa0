/** Bytes in a store under their hash: equal ones are there once, and what arrives can be checked. */
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { writeFailure } from '../core/atomicFile.ts';
import type { Store, StoreControl, StoreSource } from './store.ts';

/** @param sha256 in lower-case hexadecimal */
export const blobName = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256}`;

/** @returns false where the store has it already */
export const putBlob = (
  store: Store,
  sha256: string,
  source: StoreSource,
  control?: StoreControl,
): Promise<boolean> => store.write(blobName(sha256), source, control);

/**
 * Copies a blob into a new file, flushed to disk. What is not what its name says is read once more,
 * because it may have suffered on the way; if it is no better then, it is removed from the store, so
 * that it can be put there again.
 * @returns `whole`; otherwise there is no file
 * @throws FlawmapError (environment) where the store cannot be read or the file not be written
 */
export async function getBlob(
  store: Store,
  sha256: string,
  path: string,
  control?: StoreControl,
): Promise<'whole' | 'missing' | 'damaged'> {
  for (let tries = 1; ; tries++) {
    const found = await writeHashed(path, () => store.read(blobName(sha256), control));
    if (found === sha256) return 'whole';
    await rm(path, { force: true });
    if (found === undefined) return 'missing';
    if (tries < 2) continue;
    await store.remove(blobName(sha256), control);
    return 'damaged';
  }
}

/** @returns the hash of what it has written; undefined where there was nothing to read */
async function writeHashed(
  path: string,
  read: () => ReturnType<Store['read']>,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    const file = await open(path, 'wx');
    try {
      // Not before there is a file to write to: what nobody reads to its end stays open.
      const pieces = await read();
      if (pieces === undefined) return undefined;
      for await (const piece of pieces) {
        hash.update(piece);
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw writeFailure(path, error);
  }
  return hash.digest('hex');
}
