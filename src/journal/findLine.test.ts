import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { makeTree } from '../../test/support/tree.ts';
import { appendJournal } from './appendJournal.ts';
import { findLine } from './findLine.ts';

it('finds a line by its hash, and none that only mentions it', async () => {
  const path = join(makeTree({}), 'journal.jsonl');
  await using journal = await appendJournal(path);
  await journal.append(journalEntry(1));
  const sought = await journal.append(journalEntry(2));
  const override = { of: sought.hash, verdict: 'normal', by: 'Ada', note: '' } as const;
  const later = await journal.append({ ...journalEntry(3), override });
  expect(await findLine(path, sought.hash)).toEqual(sought);
  expect(await findLine(path, later.hash)).toMatchObject({ score: 3.25, override });
  expect(await findLine(path, 'c'.repeat(64))).toBeUndefined();
  appendFileSync(path, `{"unfinished":"${'d'.repeat(64)}"`);
  expect(await findLine(path, 'd'.repeat(64))).toBeUndefined();
});
