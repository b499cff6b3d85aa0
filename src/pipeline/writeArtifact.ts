import type { Dirent } from 'node:fs';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { internalError } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import { makeFolder } from '../core/makeFolder.ts';
import {
  ARTIFACT_DOCUMENT,
  type Artifact,
  type ArtifactDocument,
  type ArtifactFile,
  type Measured,
} from './artifact.ts';
import { type Cache, newPartial, objectFolder, removeObject } from './cache.ts';
import type { KeyedJob } from './jobKey.ts';
import { readArtifact } from './readArtifact.ts';

/** Files that are flushed and hashed at the same time. */
const AT_ONCE = 8;

/**
 * Has `make` fill an empty folder, flushes all of it to disk, and renames it to the artifact's
 * place, so that it is there whole or not at all. A failure removes the folder. Where another
 * session was first, its artifact stays and is returned; a damaged one is replaced.
 * @throws what `make` throws; FlawmapError (environment) naming the cache when the disk is full
 */
export async function writeArtifact(
  cache: Cache,
  { job, key, parts }: KeyedJob,
  make: (folder: string) => Promise<Measured>,
): Promise<Artifact> {
  const partial = newPartial(cache);
  registerPartial(partial);
  try {
    await saying(cache, () => makeFolder(partial));
    const measured = await make(partial);
    return await saying(cache, async () => {
      const document = await seal(partial, { key, inputs: parts, measured });
      const artifact = await publish(cache, partial, document);
      return { id: job.id, ...artifact };
    });
  } finally {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    forgetPartial(partial);
  }
}

async function saying<T>({ folder }: Cache, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writeFailure(folder, error);
  }
}

/** Describes what is in the folder. Flushed before it is renamed: the name promises the content. */
async function seal(
  folder: string,
  made: Omit<ArtifactDocument, 'files'>,
): Promise<ArtifactDocument> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name);
  const nameOf = (entry: Dirent) => relative(folder, pathOf(entry)).replaceAll(sep, '/');
  const folders = entries.filter((entry) => entry.isDirectory());
  const others = entries.filter((entry) => !entry.isDirectory());
  const files: ArtifactFile[] = [];
  await inParallel(others, async (entry) => {
    const [path, name] = [pathOf(entry), nameOf(entry)];
    if (!entry.isFile() || name === ARTIFACT_DOCUMENT) {
      throw internalError({ what: `a job of kind ${made.inputs.kind} may not leave ${name}` });
    }
    await flush(path);
    files.push({ name, bytes: (await stat(path)).size, sha256: await sha256File(path) });
  });
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const document: ArtifactDocument = { ...made, files };
  const path = join(folder, ARTIFACT_DOCUMENT);
  await writeFile(path, `${JSON.stringify(document)}\n`);
  await flush(path);
  for (const path of [folder, ...folders.map(pathOf)]) await flushFolder(path);
  return document;
}

/** Disks flush many small files at once hardly slower than one. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const takeTurns = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
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

async function flush(path: string): Promise<void> {
  // Windows flushes only what is open for writing; elsewhere the file may be read-only.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The names in it; Windows does not open folders. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await flush(path);
}
