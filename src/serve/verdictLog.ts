/** The journal of a server: every verdict, and what people decided instead. */
import { environmentError, messageOf } from '../core/error.ts';
import { appendJournal, type Journal } from '../journal/appendJournal.ts';
import { findLine } from '../journal/findLine.ts';
import type { JournalEntry, JournalLine, JournalOptions } from '../journal/journalLine.ts';
import { Refusal } from './problem.ts';

export interface Override {
  readonly verdict: 'normal' | 'anomalous';
  readonly by: string;
  readonly note: string;
}

export interface VerdictLog extends AsyncDisposable {
  readonly setAside: Journal['setAside'];
  /** @returns the line's hash, by which an override names it */
  record(entry: JournalEntry): Promise<string>;
  /**
   * Appends a line that repeats the judgement, with what a person decided.
   * @param of hash of the judgement's line
   * @throws Refusal 404 where there is none, 409 where it is an override itself
   */
  override(of: string, override: Override, time: Date): Promise<string>;
}

/** Lines that need not be looked up in the file. */
const RECENT = 1000;

/**
 * @param options that every line gets
 * @throws FlawmapError as `appendJournal`
 */
export async function openVerdictLog(path: string, options?: JournalOptions): Promise<VerdictLog> {
  const journal = await appendJournal(path);
  const recent = new Map<string, JournalLine>();
  const append = (entry: JournalEntry) =>
    journal.append(entry).catch((error: unknown) => {
      throw environmentError({
        what: `a verdict could not be written down, and was not answered: ${messageOf(error)}`,
        remedy: 'free some space on the disk of the journal, or give it its rights back',
        cause: error,
      });
    });
  return {
    setAside: journal.setAside,
    async record(entry) {
      const line = await append({ ...entry, options });
      recent.set(line.hash, line);
      if (recent.size > RECENT) recent.delete(recent.keys().next().value!);
      return line.hash;
    },
    async override(of, override, time) {
      const line = recent.get(of) ?? (await findLine(path, of));
      if (line === undefined) throw unknownLine(of);
      if (line.override !== undefined) throw overridden(line.override.of);
      const { previous: _previous, hash: _hash, ...judgement } = line;
      const entry = { ...judgement, time: time.toISOString(), override: { of, ...override } };
      return (await append(entry)).hash;
    },
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}

const unknownLine = (id: string) =>
  new Refusal(404, {
    what: 'the journal has no such judgement',
    expected: 'the `id` of an answer, which is the hash of its line',
    found: id,
    remedy: 'look it up in the journal; another journal may have been in use then',
  });

const overridden = (of: string) =>
  new Refusal(409, {
    what: 'this line of the journal is an override itself',
    expected: 'the id of the judgement',
    found: `an override of ${of}`,
    remedy: 'override that one again: the latest override counts',
  });
