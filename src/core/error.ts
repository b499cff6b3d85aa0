/**
 * The one error class of flawmap. Every expected failure says what went wrong, what was
 * expected, what was found and what to do about it; the kind decides the exit code.
 */

/**
 * - `usage`: the command line or an option is wrong
 * - `input`: a file or folder given to us is wrong
 * - `environment`: the machine refused (disk, permission, network, memory)
 * - `internal`: our own fault
 */
export type ErrorKind = 'usage' | 'input' | 'environment' | 'internal';

export interface ErrorDetails {
  /** One sentence naming the file or option concerned. */
  readonly what: string;
  readonly expected?: string;
  readonly found?: string;
  /** What the reader can do about it. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

export class FlawmapError extends Error {
  override readonly name = 'FlawmapError';
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, details: ErrorDetails) {
    super(describe(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }
}

function describe({ what, expected, found, remedy }: ErrorDetails): string {
  const lines = [what];
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (found !== undefined) lines.push(`  found:    ${found}`);
  if (remedy !== undefined) lines.push(`  to do:    ${remedy}`);
  return lines.join('\n');
}

export const usageError = (details: ErrorDetails) => new FlawmapError('usage', details);
export const inputError = (details: ErrorDetails) => new FlawmapError('input', details);
export const environmentError = (details: ErrorDetails) => new FlawmapError('environment', details);
export const internalError = (details: ErrorDetails) => new FlawmapError('internal', details);

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node.js system error (`ENOENT`, `EACCES`, ...), if it is one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    return typeof error.code === 'string' ? error.code : undefined;
  }
  return undefined;
}
