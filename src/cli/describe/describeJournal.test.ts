import { expect, test } from 'vitest';
import type { JournalCheck } from '../../journal/verifyJournal.ts';
import { describeJournal } from './describeJournal.ts';

const plain = (_style: string, text: string) => text;
const NONE = { lines: 0, judgements: 0, changes: [] };
const WHOLE: JournalCheck = {
  lines: 2,
  last: 'abc',
  broken: null,
  tornBytes: 0,
  contains: null,
  overrides: NONE,
};

test('a whole journal has its lines and last hash', () => {
  expect(describeJournal('a.jsonl', WHOLE, plain)).toBe(
    'a.jsonl: 2 lines, each follows the one before\nhash of the last: abc',
  );
});

test('a broken one names the line and says why, and all that is unusual is told', () => {
  const broken = { line: 2, problem: 'it is no JSON' };
  const check = { ...WHOLE, lines: 1, broken, tornBytes: 7, contains: false };
  expect(describeJournal('a.jsonl', check, plain).split('\n')).toEqual([
    'a.jsonl: line 2 does not follow: it is no JSON',
    'before it: 1 line',
    'hash of the last: abc',
    'the hash asked for is not among them',
    'at the end an unfinished line of 7 bytes, set aside by the next writer',
  ]);
});

test('overrides are counted by what the model had said', () => {
  const changes = [
    { from: 'anomalous', to: 'normal', judgements: 2 },
    { from: 'unsure', to: 'anomalous', judgements: 1 },
  ] as const;
  const overrides = { lines: 4, judgements: 3, changes };
  expect(describeJournal('a.jsonl', { ...WHOLE, overrides }, plain)).toContain(
    '4 overrides of 3 judgements: anomalous to normal 2, unsure to anomalous 1',
  );
});
