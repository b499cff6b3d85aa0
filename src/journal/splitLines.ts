/** The lines of a journal's file, in constant memory. */
import { createReadStream } from 'node:fs';
import { environmentError, messageOf } from '../core/error.ts';

const LINE_END = 0x0a;

/**
 * Without their ends; the last may lack its own.
 * @throws FlawmapError (environment) naming a file that cannot be read
 */
export async function* splitLines(
  path: string,
): AsyncGenerator<{ readonly bytes: Buffer; readonly complete: boolean }> {
  let parts: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(LINE_END, start);
        if (end < 0) break;
        yield { bytes: Buffer.concat([...parts, chunk.subarray(start, end)]), complete: true };
        parts = [];
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    }
  } catch (error) {
    throw environmentError({
      what: `cannot read the journal ${path}`,
      found: messageOf(error),
      remedy: 'name a file that `flawmap predict --journal` has written',
      cause: error,
    });
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), complete: false };
}
