import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import { readRegularFile } from '../core/regularFile.ts';
import { ARTIFACT_DOCUMENT, type Artifact, type ArtifactDocument } from './artifact.ts';
import { isArtifactDocument } from './artifactDocument.ts';
import { type Cache, objectFolder } from './cache.ts';
import { keyOf } from './jobKey.ts';

export type Stored =
  | { readonly state: 'whole'; readonly artifact: Omit<Artifact, 'id'> }
  /** What is wrong: `model.bin is missing`. */
  | { readonly state: 'damaged'; readonly damage: string }
  | { readonly state: 'missing' };

/** What the cache has under a key. Compares names and sizes of files, not their content. */
export async function readArtifact(cache: Pick<Cache, 'folder'>, key: string): Promise<Stored> {
  const folder = objectFolder(cache, key);
  if (!(await stat(folder).catch(() => undefined))) return { state: 'missing' };
  const document = await readDocument(folder);
  if (document?.key !== key) return damaged(`${ARTIFACT_DOCUMENT} cannot be read`);
  for (const { name, bytes } of document.files) {
    const found = await sizeOf(join(folder, name));
    if (found === undefined) return damaged(`${name} is missing`);
    if (found !== bytes) return damaged(`${name} has ${found} bytes instead of ${bytes}`);
  }
  const { measured, files } = document;
  return { state: 'whole', artifact: { key, folder, measured, files } };
}

/** As `readArtifact`, and compares the content of every file with what it was. */
export async function verifyArtifact(cache: Pick<Cache, 'folder'>, key: string): Promise<Stored> {
  const stored = await readArtifact(cache, key);
  if (stored.state !== 'whole') return stored;
  const { folder, files } = stored.artifact;
  const document = await readDocument(folder);
  if (document === undefined || keyOfInputs(document) !== key) {
    return damaged(`${ARTIFACT_DOCUMENT} is that of another job`);
  }
  for (const { name, sha256 } of files) {
    const found = await sha256File(join(folder, name)).catch(() => undefined);
    if (found !== sha256) return damaged(`the content of ${name} has changed`);
  }
  return stored;
}

/** Undefined for options that are not plain JSON. */
function keyOfInputs({ inputs }: ArtifactDocument): string | undefined {
  try {
    return keyOf(inputs);
  } catch {
    return undefined;
  }
}

/** Undefined where it is missing or no such document. */
export async function readDocument(folder: string): Promise<ArtifactDocument | undefined> {
  try {
    const text = String(await readRegularFile(join(folder, ARTIFACT_DOCUMENT)));
    const document: unknown = JSON.parse(text);
    return isArtifactDocument(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where there is no file: a device has no end. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];
    if (missing.includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

const damaged = (damage: string): Stored => ({ state: 'damaged', damage });
