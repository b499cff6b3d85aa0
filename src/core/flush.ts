import { open } from 'node:fs/promises';

/** Has a file's content reach the disk. */
export async function flushFile(path: string): Promise<void> {
  // Windows flushes only what is open for writing; elsewhere the file may be read-only.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Has the names in a folder reach the disk; Windows does not open folders. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await flushFile(path);
}
