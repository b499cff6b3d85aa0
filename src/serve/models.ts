/** The inspector files that are served, as they were when the server started. */
import { constants } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { sha256File } from '../core/hash.ts';
import { readInspectorMetadata } from '../detector/inspector/inspector.ts';
import type { InspectorMetadata } from '../detector/inspector/metadata.ts';

export interface ServedModel {
  /** The file's name without .onnx, made unique. */
  readonly name: string;
  /** As given, absolute. */
  readonly path: string;
  /** A copy that stays as it is: `flawmap update` may replace the file meanwhile. */
  readonly copy: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly modified: Date;
  readonly metadata: InspectorMetadata;
}

export interface ServedModels extends AsyncDisposable {
  readonly models: readonly ServedModel[];
}

/**
 * Disposing removes the copies.
 * @param paths at least one
 * @throws FlawmapError (input) for a file that is no inspector; (environment) without room for copies
 */
export async function openModels(paths: readonly string[]): Promise<ServedModels> {
  const folder = await mkdtemp(join(tmpdir(), 'flawmap-serve-'));
  registerPartial(folder);
  const remove = async () => {
    await rm(folder, { recursive: true, force: true });
    forgetPartial(folder);
  };
  try {
    const names = uniqueNames(paths);
    const models: ServedModel[] = [];
    for (const [i, given] of paths.entries()) {
      models.push(await openModel(names[i]!, given, join(folder, `${i}.onnx`)));
    }
    return { models, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function openModel(name: string, given: string, copy: string): Promise<ServedModel> {
  // First of all, for the message that names what was given.
  await readInspectorMetadata(given);
  try {
    await copyFile(given, copy, constants.COPYFILE_FICLONE);
  } catch (error) {
    throw writeFailure(copy, error);
  }
  const { size, mtime } = await stat(given);
  const metadata = await readInspectorMetadata(copy);
  const sha256 = await sha256File(copy);
  const path = resolve(given);
  return { name, path, copy, sha256, bytes: size, modified: mtime, metadata };
}

/** Whether the file given is not the one served any more. */
export async function isReplaced({ path, bytes, modified }: ServedModel): Promise<boolean> {
  const now = await stat(path).catch(() => undefined);
  return now === undefined || now.size !== bytes || now.mtime.getTime() !== modified.getTime();
}

/** `bottle`, `bottle-2`: two folders may hold files of one name. */
export function uniqueNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem = basename(path).replace(/\.onnx$/i, '');
    let name = stem;
    for (let i = 2; taken.has(name); i++) name = `${stem}-${i}`;
    taken.add(name);
    return name;
  });
}
