import type { ArtifactDocument } from './artifact.ts';

/**
 * Whether it is what an artifact's document must be. Nothing in it is believed before: a name that
 * leads out of the folder would be read there, and written there by who fetches the artifact.
 */
export function isArtifactDocument(value: unknown): value is ArtifactDocument {
  const { key, inputs, files, measured } = record(value);
  const { kind, version, files: read, upstream } = record(inputs);
  return (
    isHash(key) &&
    typeof kind === 'string' &&
    typeof version === 'number' &&
    isPairs(read) &&
    isPairs(upstream) &&
    typeof measured === 'object' &&
    measured !== null &&
    Array.isArray(files) &&
    files.every(isArtifactFile)
  );
}

function isArtifactFile(value: unknown): boolean {
  const { name, bytes, sha256 } = record(value);
  return (
    typeof name === 'string' && isWithin(name) && Number.isSafeInteger(bytes) && isHash(sha256)
  );
}

const isWithin = (name: string): boolean =>
  !name.startsWith('/') && !/\\|:|\0|(?:^|\/)\.{0,2}(?:\/|$)/.test(name);

const isHash = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const isPairs = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((pair) => Array.isArray(pair) && pair.every((one) => typeof one === 'string'));

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
