import { stat } from 'node:fs/promises';
import { isBroken, type JournalLine, openLine } from './journalLine.ts';
import { splitLines } from './splitLines.ts';

/**
 * The last judgement of each of these images that a journal holds; overrides are none. A line that is
 * not as it was written counts for nothing, and the lines' order is not checked.
 * @param names as in the lines
 * @returns by name, for those that are there; none where the journal is not
 * @throws FlawmapError (environment) naming a file that cannot be read
 */
export async function lastJudgements(
  path: string,
  names: ReadonlySet<string>,
): Promise<Map<string, JournalLine>> {
  const found = new Map<string, JournalLine>();
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (names.size === 0 || !isThere) return found;
  for await (const { bytes, complete } of splitLines(path)) {
    if (!complete) break;
    const line = openLine(bytes);
    if (isBroken(line) || line.override !== undefined || !names.has(line.imageName)) continue;
    found.set(line.imageName, line);
  }
  return found;
}
