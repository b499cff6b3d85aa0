/** The inspector files that are served, each from a copy of its own. */
import { constants } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { forgetPartial, registerPartial, writeFailure } from '../core/atomicFile.ts';
import { inputError } from '../core/error.ts';
import { fileIdentity } from '../core/fileIdentity.ts';
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
  /** By name, as they are served now. */
  readonly current: ReadonlyMap<string, ServedModel>;
  /**
   * Copies what is at a model's path now; it is not served yet.
   * @returns undefined where somebody wrote to the file meanwhile
   * @throws FlawmapError (input) for a file that is no inspector; (environment) without room for it
   */
  copyAgain(model: ServedModel): Promise<ServedModel | undefined>;
  /** Serves it from now on, in the place of the one of its name. */
  put(model: ServedModel): void;
  /** The model of this name that has judged by this file: the one served, or one replaced of late. */
  judgedBy(name: string, sha256: string): ServedModel | undefined;
  /** Removes the copy of one that is not served, or not any more. */
  drop(model: ServedModel): Promise<void>;
}

/** At the start, a file that is just being written gets so many chances, so far apart. */
const TRIES = 5;
const AGAIN_MS = 200;

/**
 * Disposing removes the copies.
 * @param paths at least one
 * @throws FlawmapError (input) for a file that is no inspector, or does not stay the same for long
 * enough to be read; (environment) without room for copies
 */
export async function openModels(paths: readonly string[]): Promise<ServedModels> {
  const folder = await mkdtemp(join(tmpdir(), 'flawmap-serve-'));
  registerPartial(folder);
  const remove = async () => {
    await rm(folder, { recursive: true, force: true });
    forgetPartial(folder);
  };
  let copies = 0;
  const open = (name: string, given: string) =>
    openModel(name, given, join(folder, `${copies++}.onnx`));
  const current = new Map<string, ServedModel>();
  const known = new Set<ServedModel>();
  const put = (model: ServedModel) => {
    current.set(model.name, model);
    known.add(model);
  };
  try {
    const names = uniqueNames(paths);
    for (const [i, given] of paths.entries()) {
      let model = await open(names[i]!, given);
      for (let tries = 1; model === undefined && tries < TRIES; tries++) {
        await wait(AGAIN_MS);
        model = await open(names[i]!, given);
      }
      if (model === undefined) throw beingWritten(given);
      put(model);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    current,
    copyAgain: ({ name, path }) => open(name, path),
    put,
    judgedBy: (name, sha256) =>
      [...known].find((model) => model.name === name && model.sha256 === sha256),
    async drop(model) {
      known.delete(model);
      await rm(model.copy, { force: true });
    },
    [Symbol.asyncDispose]: remove,
  };
}

/** @returns undefined where the file has changed while it was copied */
async function openModel(
  name: string,
  given: string,
  copy: string,
): Promise<ServedModel | undefined> {
  const before = await fileIdentity(given);
  try {
    // First of all, for the message that names what was given.
    await readInspectorMetadata(given);
    const { size, mtime } = await stat(given);
    await copyFile(given, copy, constants.COPYFILE_FICLONE).catch((error) => {
      throw writeFailure(copy, error);
    });
    if ((await fileIdentity(given)) !== before) {
      await rm(copy, { force: true });
      return undefined;
    }
    const metadata = await readInspectorMetadata(copy);
    const sha256 = await sha256File(copy);
    return { name, path: resolve(given), copy, sha256, bytes: size, modified: mtime, metadata };
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
}

/** `bottle`, `bottle-2`: two folders may hold files of one name. */
function uniqueNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem = basename(path).replace(/\.onnx$/i, '');
    let name = stem;
    for (let i = 2; taken.has(name); i++) name = `${stem}-${i}`;
    taken.add(name);
    return name;
  });
}

const beingWritten = (path: string) =>
  inputError({
    what: `${path} is being written to`,
    expected: 'a file that stays the same while it is read',
    remedy: 'start the server when it is complete',
  });
