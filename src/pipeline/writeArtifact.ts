import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { eachAtOnce } from '../core/eachAtOnce.ts';
import { internalError } from '../core/error.ts';
import { flushFile } from '../core/flush.ts';
import { sha256File } from '../core/hash.ts';
import { ARTIFACT_DOCUMENT, type Artifact, type ArtifactFile, type Measured } from './artifact.ts';
import type { Cache } from './cache.ts';
import type { Job } from './job.ts';
import type { KeyedJob } from './jobKey.ts';
import { placeArtifact, sayingCache } from './placeArtifact.ts';
import { markTransient } from './transient.ts';

/** Files that are flushed and hashed at the same time: disks flush many hardly slower than one. */
const AT_ONCE = 8;

/**
 * Has `make` fill an empty folder, flushes all of it to disk, and moves it to the artifact's place
 * (see `placeArtifact`). Of a transient job nothing but the document is flushed: it does not outlive
 * the sessions, which all end with the machine.
 * @throws what `make` throws; FlawmapError (environment) naming the cache when the disk is full
 */
export async function writeArtifact(
  cache: Cache,
  { job, key, parts }: KeyedJob,
  make: (folder: string) => Promise<Measured>,
): Promise<Artifact> {
  if (job.transient) await sayingCache(cache, () => markTransient(cache, key));
  const artifact = await placeArtifact(cache, async (folder) => {
    const measured = await make(folder);
    const files = await sayingCache(cache, () => describeFiles(folder, job));
    return { key, inputs: parts, measured, files };
  });
  return { id: job.id, ...artifact };
}

async function describeFiles(folder: string, { kind, transient }: Job): Promise<ArtifactFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name);
  const others = entries.filter((entry) => !entry.isDirectory());
  const files: ArtifactFile[] = [];
  await eachAtOnce(others, AT_ONCE, async (entry) => {
    const path = pathOf(entry);
    const name = relative(folder, path).replaceAll(sep, '/');
    if (!entry.isFile() || name === ARTIFACT_DOCUMENT) {
      throw internalError({ what: `a job of kind ${kind} may not leave ${name}` });
    }
    if (!transient) await flushFile(path);
    files.push({ name, bytes: (await stat(path)).size, sha256: await sha256File(path) });
  });
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
