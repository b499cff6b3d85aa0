/** Is a journal as it was written? */
import type { RunControl } from '../core/progress.ts';
import { isBroken, NO_LINE, openLine } from './journalLine.ts';
import { splitLines } from './splitLines.ts';

export interface JournalCheck {
  /** Lines that follow each other from the first on. */
  readonly lines: number;
  /** Hash of the last of these; zeros where there is none. */
  readonly last: string;
  /** The first line that does not follow, counted from 1; null where all do. */
  readonly broken: { readonly line: number; readonly problem: string } | null;
  /** Bytes after the last line's end: a line that was not finished. */
  readonly tornBytes: number;
  /** Whether a line had the hash asked for; null where none was. */
  readonly contains: boolean | null;
}

/**
 * In constant memory. A chain shows every change within it. That its end was cut off, or that all of
 * it was written anew, only shows by a hash kept elsewhere.
 * @param contains a hash noted earlier, which must still be there
 * @throws FlawmapError (environment) naming a file that cannot be read
 */
export async function verifyJournal(
  path: string,
  contains?: string,
  { signal }: RunControl = {},
): Promise<JournalCheck> {
  let lines = 0;
  let last = NO_LINE;
  let found = false;
  let tornBytes = 0;
  const check = (broken: JournalCheck['broken']): JournalCheck => ({
    lines,
    last,
    broken,
    tornBytes,
    contains: contains === undefined ? null : found,
  });
  for await (const { bytes, complete } of splitLines(path)) {
    signal?.throwIfAborted();
    if (!complete) {
      tornBytes = bytes.length;
      break;
    }
    const line = openLine(bytes);
    const broken = (problem: string) => check({ line: lines + 1, problem });
    if (isBroken(line)) return broken(line.problem);
    if (line.previous !== last) {
      return broken('it does not follow the line before: one was changed, left out or put in');
    }
    lines++;
    last = line.hash;
    found ||= line.hash === contains;
  }
  return check(null);
}
