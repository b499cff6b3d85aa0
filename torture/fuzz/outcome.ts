/** How one case ended, and how many ended so. */
import { basename } from 'node:path';
import { FlawmapError, messageOf } from '../../src/core/error.ts';
import type { Place } from './target.ts';

/** Longer than this hangs. */
export const SLOWEST_SECONDS = 5;

export interface Failure {
  readonly index: number;
  readonly problem: string;
  /** Where the case's files are kept. */
  readonly kept: string;
}

export interface Tally {
  accepted: number;
  refused: number;
  failures: Failure[];
  slowestSeconds: number;
  /** The most that one case has added, and what all have left, in MB. */
  largestMegabytes: number;
  leftMegabytes: number;
}

export const emptyTally = (): Tally => ({
  accepted: 0,
  refused: 0,
  failures: [],
  slowestSeconds: 0,
  largestMegabytes: 0,
  leftMegabytes: 0,
});

export function addTally(sum: Tally, more: Tally): void {
  sum.accepted += more.accepted;
  sum.refused += more.refused;
  sum.failures.push(...more.failures);
  sum.slowestSeconds = Math.max(sum.slowestSeconds, more.slowestSeconds);
  sum.largestMegabytes = Math.max(sum.largestMegabytes, more.largestMegabytes);
  sum.leftMegabytes = Math.max(sum.leftMegabytes, more.leftMegabytes);
}

/**
 * What is wrong with a refusal: it must be a FlawmapError that says which file it is about, what was
 * expected and what to do. Undefined: nothing is.
 */
export function complaintAbout(
  error: unknown,
  place: Place,
  names: readonly string[] = [place.input],
): string | undefined {
  if (!(error instanceof FlawmapError)) {
    const stack = error instanceof Error ? error.stack : undefined;
    return `uncaught: ${stack ?? messageOf(error)}`;
  }
  const { kind, details, message } = error;
  if (kind === 'internal') return `an internal error: ${message}`;
  const lacking = [
    names.some((name) => message.includes(name))
      ? []
      : `the name ${names.map((n) => basename(n)).join(' or ')}`,
    message.includes('expected') ? [] : 'what was expected',
    details.remedy === undefined ? 'what to do' : [],
  ].flat();
  return lacking.length === 0 ? undefined : `says not ${lacking.join(', nor ')}: ${message}`;
}
