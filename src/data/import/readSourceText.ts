import { inputError, systemCode } from '../../core/error.ts';
import { readRegularFile } from '../../core/regularFile.ts';

/**
 * A file that is to be imported, as UTF-8.
 * @throws FlawmapError (input) where it cannot be read, or is a pipe or a device
 */
export async function readSourceText(path: string): Promise<string> {
  try {
    return (await readRegularFile(path)).toString('utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw inputError({
      what: `cannot read ${path}`,
      expected: 'a text file',
      found: code,
      remedy: 'copy it anew, or take it out of the folder',
      cause: error,
    });
  }
}
