/** Files that somebody else has laid there: a pipe would never be opened, a device never end. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type FlawmapError, inputError, systemCode } from './error.ts';

/** Node.js reads no more at once. */
const LARGEST = 2 ** 31 - 1;

/**
 * Opens a file for reading; of a link, what it leads to.
 * @throws FlawmapError (input) for a pipe, a socket and a device; the system's error (`ENOENT`,
 * `EISDIR`, ...) for what cannot be opened
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  // Without it, opening a pipe waits for whoever writes to it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error) => {
    // What the system says of a socket, and of a device that is not there.
    throw systemCode(error) === 'ENXIO' ? notAFile(path, 'a socket or a device', error) : error;
  });
  try {
    const found = await file.stat();
    if (found.isFile()) return file;
    if (found.isDirectory()) {
      throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
    }
    throw notAFile(path, found.isFIFO() ? 'a pipe' : 'a device');
  } catch (error) {
    await file.close();
    throw error;
  }
}

const notAFile = (path: string, found: string, cause?: unknown): FlawmapError =>
  inputError({
    what: `cannot read ${path}`,
    expected: 'a file',
    found,
    remedy: 'copy what is to be read into a file, and name that',
    cause,
  });

/**
 * All of a file, as {@link openRegularFile} opens it.
 * @throws also the error `ERR_FS_FILE_TOO_LARGE` for 2 GB and more
 */
export async function readRegularFile(path: string): Promise<Buffer> {
  await using file = await openRegularFile(path);
  const { size } = await file.stat();
  if (size > LARGEST) {
    throw Object.assign(new Error(`${path} is larger than 2 GB`), {
      code: 'ERR_FS_FILE_TOO_LARGE',
    });
  }
  return await file.readFile();
}
