/** What a job leaves: a folder that is never written to again. */
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256File } from '../core/hash.ts';
import type { KeyParts } from './jobKey.ts';

export interface ArtifactFile {
  /** Path within the folder, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** When the job ran, which may have been long ago. */
export interface Measured {
  readonly seconds: number;
  /** The highest memory of the process that did it. */
  readonly peakBytes: number;
}

export interface Artifact {
  /** The job's id in the plan that asks. */
  readonly id: string;
  readonly key: string;
  /** Absolute path. */
  readonly folder: string;
  readonly measured: Measured;
  readonly files: readonly ArtifactFile[];
}

interface Document {
  readonly id: string;
  readonly key: string;
  readonly parts: KeyParts;
  readonly measured: Measured;
  readonly files: readonly ArtifactFile[];
}

const DOCUMENT = 'artifact.json';

/** Describes what a job has left in its folder, and flushes all of it to disk. */
export async function sealArtifact(
  folder: string,
  made: Pick<Document, 'id' | 'key' | 'parts' | 'measured'>,
): Promise<void> {
  const files: ArtifactFile[] = [];
  for (const name of await listFiles(folder)) {
    const path = join(folder, name);
    await flush(path);
    files.push({ name, bytes: (await stat(path)).size, sha256: await sha256File(path) });
  }
  const document: Document = { ...made, files };
  const path = join(folder, DOCUMENT);
  await writeFile(path, `${JSON.stringify(document)}\n`);
  await flush(path);
}

/**
 * The artifact in a folder; undefined where none is, or where it is damaged: a file missing or of
 * another size. With `verify` the content of every file is compared as well.
 */
export async function readArtifact(
  folder: string,
  id: string,
  { verify = false }: { readonly verify?: boolean } = {},
): Promise<Artifact | undefined> {
  try {
    const document = JSON.parse(await readFile(join(folder, DOCUMENT), 'utf8')) as Document;
    for (const { name, bytes, sha256 } of document.files) {
      const path = join(folder, name);
      if ((await stat(path)).size !== bytes) return undefined;
      if (verify && (await sha256File(path)) !== sha256) return undefined;
    }
    const { key, measured, files } = document;
    return { id, key, folder, measured, files };
  } catch {
    return undefined;
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
