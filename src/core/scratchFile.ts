/** A temporary file for what does not fit in memory; gone when closed, interrupted or failed. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { forgetPartial, registerPartial, writeFailure } from './atomicFile.ts';
import { makeFolder } from './makeFolder.ts';
import { partialOf, sweepPartials } from './partial.ts';

export interface ScratchFile extends AsyncDisposable {
  readonly handle: FileHandle;
}

/**
 * @param folder where there is room; made if missing
 * @throws FlawmapError (environment) naming the folder when it cannot be made or written to
 */
export async function openScratchFile(folder: string): Promise<ScratchFile> {
  const path = partialOf(join(folder, '.flawmap'));
  const handle = await openNew(folder, path);
  return {
    handle,
    async [Symbol.asyncDispose]() {
      await handle.close();
      await rm(path, { force: true });
      forgetPartial(path);
    },
  };
}

async function openNew(folder: string, path: string): Promise<FileHandle> {
  registerPartial(path);
  try {
    await makeFolder(resolve(folder));
    await sweepPartials(folder);
    return await open(path, 'wx+');
  } catch (error) {
    forgetPartial(path);
    throw writeFailure(folder, error);
  }
}
