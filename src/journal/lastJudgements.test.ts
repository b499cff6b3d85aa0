import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { makeTree } from '../../test/support/tree.ts';
import { appendJournal } from './appendJournal.ts';
import { lastJudgements } from './lastJudgements.ts';

test('the last judgement of each image asked for, overrides and torn lines left out', async () => {
  const path = join(makeTree({}), 'journal.jsonl');
  expect(await lastJudgements(path, new Set(['a']))).toEqual(new Map());
  {
    await using journal = await appendJournal(path);
    await journal.append({ ...journalEntry(1), imageName: 'a' });
    await journal.append({ ...journalEntry(2), imageName: 'b' });
    const unread = { imageName: 'a', score: null, verdict: 'not judged' } as const;
    const { hash } = await journal.append({ ...journalEntry(3), ...unread });
    const override = { of: hash, verdict: 'normal', by: 'Ann', note: '' } as const;
    await journal.append({ ...journalEntry(4), imageName: 'a', override });
    await journal.append({ ...journalEntry(5), imageName: 'c' });
  }
  const torn = readFileSync(path, 'utf8').split('\n')[0]!.slice(0, 40);
  appendFileSync(path, torn);
  const found = await lastJudgements(path, new Set(['a', 'c', 'd']));
  expect([...found].map(([name, { time, score }]) => [name, time, score])).toEqual([
    ['a', journalEntry(3).time, null],
    ['c', journalEntry(5).time, 5.25],
  ]);

  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(journalEntry(5).time, journalEntry(6).time),
  );
  expect([...(await lastJudgements(path, new Set(['c']))).keys()]).toEqual([]);
});
