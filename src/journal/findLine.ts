import { isBroken, type JournalLine, openLine } from './journalLine.ts';
import { splitLines } from './splitLines.ts';

/**
 * The line of a journal that has this hash, looked for from the beginning; not whether the lines
 * before it follow each other.
 * @returns undefined where there is none, or where it is not as it was written
 * @throws FlawmapError (environment) naming a file that cannot be read
 */
export async function findLine(path: string, hash: string): Promise<JournalLine | undefined> {
  for await (const { bytes, complete } of splitLines(path)) {
    // Most lines need not be parsed for this.
    if (!complete || !bytes.includes(hash)) continue;
    const line = openLine(bytes);
    if (!isBroken(line) && line.hash === hash) return line;
  }
  return undefined;
}
