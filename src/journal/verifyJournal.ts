/** Is a journal as it was written? */
import type { RunControl } from '../core/progress.ts';
import { isBroken, type JournalLine, NO_LINE, openLine } from './journalLine.ts';
import { splitLines } from './splitLines.ts';

/** How often people decided otherwise than the model. */
export interface OverrideCount {
  /** Lines that are overrides. */
  readonly lines: number;
  /** Judgements overridden; of each the latest override counts. */
  readonly judgements: number;
  /** From what to what, the most frequent first. */
  readonly changes: readonly {
    readonly from: JournalLine['verdict'];
    readonly to: 'normal' | 'anomalous';
    readonly judgements: number;
  }[];
}

export interface JournalCheck {
  /** Lines that follow each other from the first on. */
  readonly lines: number;
  /** Hash of the last of these; zeros where there is none. */
  readonly last: string;
  /** The first line that does not follow, counted from 1; null where all do. */
  readonly broken: { readonly line: number; readonly problem: string } | null;
  /** Among these lines. */
  readonly overrides: OverrideCount;
  /** Bytes after the last line's end: a line that was not finished. */
  readonly tornBytes: number;
  /** Whether a line had the hash asked for; null where none was. */
  readonly contains: boolean | null;
}

/**
 * A chain shows every change within it. That its end was cut off, or that all of it was written anew,
 * only shows by a hash kept elsewhere. Takes memory for the judgements overridden alone.
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
  const overrides = overrideCounter();
  const check = (broken: JournalCheck['broken']): JournalCheck => ({
    lines,
    last,
    broken,
    overrides: overrides.count(),
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
    overrides.add(line);
    found ||= line.hash === contains;
  }
  return check(null);
}

function overrideCounter() {
  let lines = 0;
  const latest = new Map<string, string>();
  return {
    add({ verdict, override }: JournalLine) {
      if (override === undefined) return;
      lines++;
      latest.set(override.of, `${verdict}>${override.verdict}`);
    },
    count(): OverrideCount {
      const counts = new Map<string, number>();
      for (const change of latest.values()) counts.set(change, (counts.get(change) ?? 0) + 1);
      const changes = [...counts]
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .map(([change, judgements]) => {
          const [from, to] = change.split('>') as [JournalLine['verdict'], 'normal' | 'anomalous'];
          return { from, to, judgements };
        });
      return { lines, judgements: latest.size, changes };
    },
  };
}
