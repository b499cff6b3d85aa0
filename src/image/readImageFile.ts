/** Reads image files from disk, turning the system's errors into advice. */
import { environmentError, inputError, systemCode } from '../core/error.ts';
import { openRegularFile, readRegularFile } from '../core/regularFile.ts';

/**
 * The whole file.
 * @throws FlawmapError (input) if it is missing, a folder or over 2 GB; (environment) if access
 * to it is denied or the disk fails
 */
export async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** The first bytes of the file, fewer if it is shorter. Errors as {@link readImageFile}. */
export async function readImageHead(path: string, length: number): Promise<Uint8Array> {
  try {
    const file = await openRegularFile(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readFailure(path, error);
  }
}

function readFailure(path: string, error: unknown): unknown {
  const code = systemCode(error);
  const what = `cannot read the image ${path}`;
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return inputError({
        what,
        expected: 'an image file',
        found: 'no such file',
        remedy: 'check the path; it may have been moved, renamed or misspelt',
        cause: error,
      });
    case 'EISDIR':
      return inputError({
        what,
        expected: 'an image file',
        found: 'a folder',
        remedy: 'name a file inside the folder',
        cause: error,
      });
    case 'ERR_FS_FILE_TOO_LARGE':
      return inputError({
        what,
        expected: 'a file below 2 GB',
        found: 'a larger one',
        remedy: 'make the image smaller, or crop it to the product',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return environmentError({
        what,
        expected: 'permission to read it',
        found: `access denied (${code})`,
        remedy: 'change the permissions of the file and its folders, or run as a user who may',
        cause: error,
      });
    default:
      return environmentError({
        what,
        expected: 'a file that the system can read',
        found: `the system reports ${code}`,
        remedy: 'check the disk or network drive that holds the file, then try again',
        cause: error,
      });
  }
}
