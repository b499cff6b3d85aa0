/** System errors that are the machine's doing wherever they come from. */
import { environmentError, type FlawmapError, messageOf, systemCode } from './error.ts';

const RIGHTS = 'see that you may read and write there, or name another place';
const FILES = 'close other programs, or raise the limit on open files (`ulimit -n`)';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'free some disk space, then run again',
  EDQUOT: 'your disk quota is used up: free some space, then run again',
  EROFS: 'the disk is mounted read-only: name another place',
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EMFILE: FILES,
  ENFILE: FILES,
  ENOMEM: 'close other programs, then run again',
  EIO: 'the disk or its connection fails: see what the system says of it, then run again',
};

/** What such an error means to people; undefined for any other. */
export function machineFailure(error: unknown): FlawmapError | undefined {
  const remedy = REMEDIES[systemCode(error) ?? ''];
  if (remedy === undefined) return undefined;
  return environmentError({ what: messageOf(error), remedy, cause: error });
}

/**
 * What was thrown first: where the cleaning up after an error fails as well, that error comes with
 * the one that it would have hidden (`SuppressedError`).
 */
export function firstFailure(error: unknown): unknown {
  const isSecond = error instanceof Error && error.name === 'SuppressedError';
  return isSecond && 'suppressed' in error ? firstFailure(error.suppressed) : error;
}
