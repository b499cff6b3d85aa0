import { internalError } from '../core/error.ts';

/** Parts of letters, digits and `.-_`, with slashes between: the same on all file systems and in S3. */
const NAME = /^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*$/;

/** @throws FlawmapError (internal) for a name that could lead out of a store's folder */
export function requireStoreName(name: string): void {
  if (!NAME.test(name)) throw internalError({ what: `nothing in a store is called ${name}` });
}
