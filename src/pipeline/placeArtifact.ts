import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { flushFile, flushFolder } from '../core/flush.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { ARTIFACT_DOCUMENT, type Artifact, type ArtifactDocument } from './artifact.ts';
import { type Cache, newPartial, objectFolder, removeObject } from './cache.ts';
import { readArtifact } from './readArtifact.ts';

/**
 * Has `fill` put an artifact's files into an empty folder, flushed, and say what they are; writes
 * this beside them and renames the folder to the artifact's place, so that it is there whole or not
 * at all. A failure removes the folder. Where another session was first, its artifact stays and is
 * returned; a damaged one is replaced.
 * @throws what `fill` throws; FlawmapError (environment) naming the cache when the disk is full
 */
export async function placeArtifact(
  cache: Cache,
  fill: (folder: string) => Promise<ArtifactDocument>,
): Promise<Omit<Artifact, 'id'>> {
  const partial = newPartial(cache);
  registerPartial(partial);
  try {
    await sayingCache(cache, () => makeFolder(partial));
    const document = await fill(partial);
    return await sayingCache(cache, async () => {
      await seal(partial, document);
      return publish(cache, partial, document);
    });
  } finally {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    forgetPartial(partial);
  }
}

/** Failures to write name the cache. */
export async function sayingCache<T>(
  { folder }: Pick<Cache, 'folder'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writeFailure(folder, error);
  }
}

/** Flushed before it is renamed: the name promises the content. */
async function seal(folder: string, document: ArtifactDocument): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  const path = join(folder, ARTIFACT_DOCUMENT);
  await writeFile(path, `${JSON.stringify(document)}\n`);
  await flushFile(path);
  const paths = folders.map(({ parentPath, name }) => join(parentPath, name));
  for (const path of [folder, ...paths]) await flushFolder(path);
}

async function publish(
  cache: Cache,
  partial: string,
  { key, files, measured }: ArtifactDocument,
): Promise<Omit<Artifact, 'id'>> {
  const folder = objectFolder(cache, key);
  await makeFolder(dirname(folder));
  for (;;) {
    try {
      await rename(partial, folder);
      await flushFolder(dirname(folder));
      return { key, folder, files, measured };
    } catch (error) {
      // A folder with something in it is never renamed over.
      const stored = await readArtifact(cache, key);
      if (stored.state === 'whole') return stored.artifact;
      if (stored.state === 'missing') throw error;
      await removeObject(cache, key);
    }
  }
}
