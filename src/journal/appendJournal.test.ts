import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { makeTree } from '../../test/support/tree.ts';
import { createRandom } from '../core/random.ts';
import { appendJournal } from './appendJournal.ts';
import { NO_LINE } from './journalLine.ts';
import { verifyJournal } from './verifyJournal.ts';

const newPath = () => join(makeTree({ 'x/': '' }), 'deep', 'journal.jsonl');

async function write(path: string, ...numbers: number[]) {
  await using journal = await appendJournal(path);
  for (const number of numbers) await journal.append(journalEntry(number));
  return journal.setAside;
}

describe('appendJournal', () => {
  it('writes lines that follow each other, over several openings', async () => {
    const path = newPath();
    await write(path, 1, 2);
    await write(path);
    await write(path, 3);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as { previous: string; hash: string });
    expect(parsed.map(({ previous }) => previous)).toEqual([
      NO_LINE,
      parsed[0]!.hash,
      parsed[1]!.hash,
    ]);
    expect(await verifyJournal(path)).toEqual({
      lines: 3,
      last: parsed[2]!.hash,
      broken: null,
      tornBytes: 0,
      contains: null,
      overrides: { lines: 0, judgements: 0, changes: [] },
    });
    expect(readdirSync(join(path, '..'))).toEqual(['journal.jsonl']);
  });

  it('keeps the order of calls that do not wait', async () => {
    const path = newPath();
    await using journal = await appendJournal(path);
    const lines = await Promise.all([1, 2, 3, 4].map((n) => journal.append(journalEntry(n))));
    expect(journal.last()).toBe(lines[3]!.hash);
    expect((await verifyJournal(path)).lines).toBe(4);
  });

  it('refuses a second writer until the first has ended', async () => {
    const path = newPath();
    const first = await appendJournal(path);
    await expect(appendJournal(path)).rejects.toMatchObject({
      kind: 'input',
      details: { what: expect.stringContaining('somebody else is writing') },
    });
    await first.append(journalEntry(1));
    await first[Symbol.asyncDispose]();
    await write(path, 2);
    expect((await verifyJournal(path)).lines).toBe(2);
  });

  it('takes the lock of a writer that is dead', async () => {
    const path = newPath();
    await write(path, 1);
    // Of this machine, with a number that no process has.
    const folder = `${path}.lock`;
    const first = await appendJournal(path);
    const [flag] = readdirSync(folder);
    await first[Symbol.asyncDispose]();
    const dead = flag!.replace(/~\d+~\d+~/, '~4194305~1~');
    mkdirSync(folder);
    writeFileSync(join(folder, dead), '');
    await write(path, 2);
    expect(existsSync(folder)).toBe(false);
  });

  it('sets aside a last line that was torn at any byte, and goes on', async () => {
    const random = createRandom('torn');
    const whole = newPath();
    await write(whole, 1, 2);
    const bytes = readFileSync(whole);
    const first = bytes.indexOf('\n') + 1;
    const second = bytes.length - first;
    const cuts = [
      1,
      second - 1,
      ...Array.from({ length: 8 }, () => 1 + random.integer(second - 1)),
    ];
    for (const cut of cuts) {
      const path = newPath();
      await write(path, 1);
      appendFileSync(path, bytes.subarray(first, first + cut));
      expect(await verifyJournal(path)).toMatchObject({ lines: 1, broken: null, tornBytes: cut });
      const setAside = await write(path, 2);
      expect(setAside!.bytes).toBe(cut);
      expect(readFileSync(setAside!.file)).toEqual(bytes.subarray(first, first + cut));
      expect(readFileSync(path)).toEqual(bytes);
    }
  });

  it('finds the last line though it is longer than what is read at once', async () => {
    const path = newPath();
    const journal = await appendJournal(path);
    await journal.append({ ...journalEntry(1), reason: 'x'.repeat(200_000) });
    await journal[Symbol.asyncDispose]();
    await write(path, 2);
    expect((await verifyJournal(path)).lines).toBe(2);
  });

  it('does not go on after a last line that was changed, nor in another file', async () => {
    const path = newPath();
    await write(path, 1);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"score":1.25', '"score":0.25'));
    await expect(write(path, 2)).rejects.toThrow('cannot go on with the journal');
    writeFileSync(path, 'a shopping list\n');
    await expect(write(path, 2)).rejects.toThrow('cannot go on with the journal');
    expect(readFileSync(path, 'utf8')).toBe('a shopping list\n');
  });

  it('takes no score that JSON cannot hold', async () => {
    const path = newPath();
    await using journal = await appendJournal(path);
    const broken = { ...journalEntry(1), score: Number.NaN };
    await expect(journal.append(broken)).rejects.toThrow('cannot take this judgement');
    await journal.append(journalEntry(2));
    expect((await verifyJournal(path)).lines).toBe(1);
  });

  it('refuses a folder in its place', async () => {
    const root = makeTree({ 'journal.jsonl/': '' });
    await expect(appendJournal(join(root, 'journal.jsonl'))).rejects.toMatchObject({
      kind: 'environment',
    });
    expect(readdirSync(root)).toEqual(['journal.jsonl']);
  });
});
