/** A finished run, ready to be reported. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { inputError } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import { readResult } from '../result/readResult.ts';
import type { StudyResult } from '../result/result.ts';
import { type RunPictures, readPictures } from './readPictures.ts';
import { type WrittenHashes, writtenHashes } from './writtenHashes.ts';

export interface Run {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly result: StudyResult;
  readonly pictures: RunPictures;
}

/**
 * What has changed since the run's manifest was written is refused, or left out where it is a picture.
 * @param path the run's folder, or its result.json
 * @param hashesOf of the run's files; those of its manifest unless said otherwise
 * @throws FlawmapError (input) where it is no run, or none that this version can read
 */
export async function openRun(
  path: string,
  signal?: AbortSignal,
  hashesOf: (folder: string) => Promise<WrittenHashes> = writtenHashes,
): Promise<Run> {
  const place = resolve(path);
  const kind = await kindOf(place);
  const file = kind === 'folder' ? join(place, 'result.json') : place;
  if (kind === null || (await kindOf(file)) !== 'file') {
    throw inputError({
      what: `${place} is no run of a study`,
      expected: 'the folder that `flawmap study` has written, or its result.json',
      found: kind === null ? 'nothing there' : 'a folder without result.json',
      remedy:
        kind === null
          ? 'check the path; runs are kept in runs/ unless --out said otherwise'
          : 'if the study was interrupted, run it again: it goes on where it was',
    });
  }
  const result = await readResult(file);
  const folder = dirname(file);
  const hashes = await hashesOf(folder);
  await requireAsWritten(file, hashes[basename(file)]);
  return { folder, result, pictures: await readPictures(folder, { signal, hashes }) };
}

async function requireAsWritten(file: string, written: unknown): Promise<void> {
  if (typeof written !== 'string') return;
  const found = await sha256File(file);
  if (found === written) return;
  throw inputError({
    what: `${file} is not as it was written`,
    expected: `SHA-256 ${written}, as manifest.json beside it says`,
    found: `SHA-256 ${found}`,
    remedy:
      'run the study again: what it has computed is kept, and the files are written anew (it may have been interrupted, or the file was changed)',
  });
}

async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'folder' : 'file';
}
