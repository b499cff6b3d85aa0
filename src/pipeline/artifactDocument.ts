import type { ArtifactDocument, Measured } from './artifact.ts';
import type { KeyParts } from './jobKey.ts';

/**
 * Whether it is what an artifact's document must be. Nothing in it is believed before: a name that
 * leads out of the folder would be read there, and written there by who fetches the artifact.
 */
export function isArtifactDocument(value: unknown): value is ArtifactDocument {
  const { key, inputs, files, measured } = record(value);
  return (
    isHash(key) &&
    isKeyParts(inputs) &&
    isMeasured(measured) &&
    Array.isArray(files) &&
    files.every(isArtifactFile)
  );
}

/** Whether it is what a key is the hash of; the options may be anything. */
export function isKeyParts(value: unknown): value is KeyParts {
  const { kind, version, files, upstream } = record(value);
  return (
    typeof kind === 'string' && typeof version === 'number' && isPairs(files) && isPairs(upstream)
  );
}

function isMeasured(value: unknown): value is Measured {
  const { seconds, peakBytes } = record(value);
  return Number.isFinite(seconds) && Number.isFinite(peakBytes);
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
