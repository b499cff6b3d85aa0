import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_LINE, sealLine } from '../../../src/journal/journalLine.ts';
import { lastJudgements } from '../../../src/journal/lastJudgements.ts';
import { verifyJournal } from '../../../src/journal/verifyJournal.ts';
import { journalEntry } from '../../../test/support/journalEntry.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

export const journalTarget: FuzzTarget = {
  name: 'journals',
  what: 'journals into `log verify`',
  cases: 6_000,
  megabytes: 200,
  async prepare() {
    const lines: string[] = [];
    let last = NO_LINE;
    for (let i = 0; i < 6; i++) {
      const { text, line } = sealLine(journalEntry(i), last);
      lines.push(text);
      last = line.hash;
    }
    const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    return {
      make(random, place) {
        const at = random.integer(lines.length);
        const changed = () =>
          lines.map((line, i) =>
            i === at
              ? JSON.stringify(mutateDocument(random, JSON.parse(line), strangers(place)))
              : line,
          );
        const bytes =
          random.next() < 0.6
            ? mutateBytes(random, whole, [whole])
            : Buffer.from(
                changed()
                  .map((line) => `${line}\n`)
                  .join(''),
              );
        writeFileSync(join(place.input, 'journal.jsonl'), bytes);
      },
      async run({ input }) {
        const path = join(input, 'journal.jsonl');
        const { lines: good, broken, tornBytes } = await verifyJournal(path);
        await lastJudgements(path, new Set(['x', journalEntry(3).imageName]));
        const bytes = readFileSync(path);
        const isPrefix = whole.subarray(0, bytes.length).equals(bytes);
        if (broken === null && tornBytes === 0 && !isPrefix) return `${good} changed lines pass`;
        return undefined;
      },
    };
  },
};
