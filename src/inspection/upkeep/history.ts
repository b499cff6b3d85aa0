/** `history`: the versions of a model, and the way back. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FlawmapError } from '../../core/error.ts';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import { requireIntact } from '../../detector/inspector/requireIntact.ts';
import { modelNumbers } from './openUpkeep.ts';
import { addVersion, listVersions, readVersion, type Version } from './versions.ts';

/**
 * What is wrong with the present file, where its bytes have changed since flawmap wrote it: going
 * back to an earlier version puts that right.
 */
export async function presentDamage(path: string): Promise<string | undefined> {
  try {
    await requireIntact(resolve(path));
    return undefined;
  } catch (error) {
    if (error instanceof FlawmapError) return error.details.what;
    throw error;
  }
}

/** The oldest first, the present one last. */
export async function history(path: string): Promise<readonly Version[]> {
  const model = resolve(path);
  const metadata = await readInspectorMetadata(model);
  return listVersions(model, async () => modelNumbers(metadata));
}

/**
 * Puts an earlier version in the model's place, byte for byte; the present one is kept.
 * @returns all versions, the new one last
 * @throws FlawmapError (input) for a version that is not there; then nothing has changed
 */
export async function rollback(path: string, number: number): Promise<readonly Version[]> {
  const model = resolve(path);
  const versions = await history(model);
  const { version, bytes } = await readVersion(model, versions, number);
  const present = versions.at(-1)!;
  const added = await addVersion(model, versions, async (path) => {
    await using file = await open(path, 'wx');
    await file.writeFile(bytes);
    await file.sync();
    return {
      action: 'rollback',
      before: present.after,
      after: version.after,
      restored: number,
    };
  });
  return [...versions, added];
}
