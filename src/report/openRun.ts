/** A finished run, ready to be reported. */
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inputError } from '../core/error.ts';
import { readResult } from '../result/readResult.ts';
import type { StudyResult } from '../result/result.ts';
import { type RunPictures, readPictures } from './readPictures.ts';

export interface Run {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly result: StudyResult;
  readonly pictures: RunPictures;
}

/**
 * @param path the run's folder, or its result.json
 * @throws FlawmapError (input) where it is no run, or none that this version can read
 */
export async function openRun(path: string, signal?: AbortSignal): Promise<Run> {
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
  return { folder, result, pictures: await readPictures(folder, signal) };
}

async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'folder' : 'file';
}
