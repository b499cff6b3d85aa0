/** A temporary file for what does not fit in memory; gone when closed, interrupted or failed. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetPartial, registerPartial } from './atomicFile.ts';

export interface ScratchFile extends AsyncDisposable {
  readonly handle: FileHandle;
}

/** @param folder where there is room; made if missing */
export async function openScratchFile(folder: string): Promise<ScratchFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.flawmap.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
  registerPartial(path);
  const handle = await open(path, 'wx+');
  return {
    handle,
    async [Symbol.asyncDispose]() {
      await handle.close();
      await rm(path, { force: true });
      forgetPartial(path);
    },
  };
}
