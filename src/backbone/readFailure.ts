import { FlawmapError, inputError, messageOf, systemCode } from '../core/error.ts';

/** Says why the weights file could not be read from the disk. */
export function readFailure(path: string, error: unknown): FlawmapError {
  if (error instanceof FlawmapError) return error;
  return inputError({
    what: `cannot read ${path}`,
    expected: 'a file with the weights of a backbone',
    found: systemCode(error) ?? messageOf(error),
    remedy: 'check the path and that you may read it',
    cause: error,
  });
}
