import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import { createRandom } from '../core/random.ts';
import { type JournalEntry, NO_LINE, sealLine } from './journalLine.ts';
import { verifyJournal } from './verifyJournal.ts';

const LINES = 5;
const lines: string[] = [];
let previous = NO_LINE;
for (let i = 1; i <= LINES + 1; i++) {
  const override = { of: previous, verdict: 'normal', by: 'Kim', note: '' } as const;
  const entry = i > LINES ? { ...journalEntry(LINES), override } : journalEntry(i);
  const { text, line } = sealLine(entry, previous);
  lines.push(text);
  previous = line.hash;
}

function check(changed: readonly string[] | Uint8Array, contains?: string) {
  const path = join(makeTree({}), 'journal.jsonl');
  const content =
    changed instanceof Uint8Array ? changed : changed.map((line) => `${line}\n`).join('');
  writeFileSync(path, content);
  return verifyJournal(path, contains);
}

/** With its hash taken anew, as somebody would who knows how. */
function reseal(line: string, change: Record<string, unknown>): string {
  const { hash: _, ...body } = JSON.parse(line) as Record<string, unknown>;
  const json = JSON.stringify({ ...body, ...change });
  return `${json.slice(0, -1)},"hash":"${sha256(json)}"}`;
}

describe('verifyJournal', () => {
  it('accepts what was written, and nothing at all', async () => {
    expect(await check(lines)).toMatchObject({ lines: LINES + 1, broken: null });
    expect(await check([])).toMatchObject({ lines: 0, last: NO_LINE, broken: null });
  });

  it('accepts what an earlier version wrote, which knew of no options', async () => {
    // printf '%s' '{"time":…,"previous":"0…0"}' | sha256sum, the line as version 0.1 wrote it.
    const body = `{"time":"2026-01-01T00:00:01.000Z","imageSha256":"${'a'.repeat(64)}","imageName":"a.png","modelSha256":"${'b'.repeat(64)}","threshold":20.5,"score":1.25,"verdict":"anomalous","reason":"The score is above the threshold.","boxes":[],"previous":"${NO_LINE}"`;
    const hash = '8cd55bde1c1d644800a10649dd55ee3f7fdc397c2ce830fbec1b5d023b1ef998';
    expect(await check([`${body},"hash":"${hash}"}`])).toMatchObject({ lines: 1, broken: null });
  });

  it('counts what people have overridden, the latest override of each judgement', async () => {
    let last = NO_LINE;
    const written: string[] = [];
    const write = (entry: JournalEntry) => {
      const { text, line } = sealLine(entry, last);
      written.push(text);
      last = line.hash;
      return line;
    };
    const verdicts = ['anomalous', 'anomalous', 'unsure', 'normal', 'anomalous'] as const;
    const judged = verdicts.map((verdict, i) => write({ ...journalEntry(i + 1), verdict }));
    for (const [i, verdict] of [
      [0, 'anomalous'],
      [0, 'normal'],
      [1, 'normal'],
      [2, 'anomalous'],
    ] as const) {
      const { previous: _, hash: of, ...judgement } = judged[i]!;
      write({ ...judgement, override: { of, verdict, by: 'Ada', note: '' } });
    }
    const { overrides } = await check(written);
    expect(overrides).toEqual({
      lines: 4,
      judgements: 3,
      changes: [
        { from: 'anomalous', to: 'normal', judgements: 2 },
        { from: 'unsure', to: 'anomalous', judgements: 1 },
      ],
    });
  });

  const fields: [string, unknown][] = [
    ['time', '2020-01-01T00:00:00.000Z'],
    ['imageSha256', 'd'.repeat(64)],
    ['imageName', 'other.png'],
    ['modelSha256', 'd'.repeat(64)],
    ['threshold', 99],
    ['score', 0],
    ['verdict', 'normal'],
    ['reason', 'Trust me.'],
    ['boxes', []],
    ['override', { of: 'd'.repeat(64), verdict: 'anomalous', by: 'Kim', note: '' }],
    ['previous', 'd'.repeat(64)],
    ['hash', 'd'.repeat(64)],
  ];

  it.each(fields)('names the line whose %s was changed', async (field, value) => {
    for (const at of [0, 2, LINES]) {
      const changed = [...lines];
      changed[at] = JSON.stringify({ ...JSON.parse(lines[at]!), [field]: value });
      const { broken, lines: before } = await check(changed);
      expect([broken?.line, before]).toEqual([at + 1, at]);
    }
  });

  it.each(fields.slice(0, -2))(
    'names the line after one resealed with another %s',
    async (...args) => {
      const [field, value] = args;
      const changed = [...lines];
      changed[2] = reseal(lines[2]!, { [field]: value });
      expect((await check(changed)).broken).toEqual({
        line: 4,
        problem: expect.stringContaining('does not follow'),
      });
    },
  );

  it.each([
    ['left out', (all: string[]) => all.splice(1, 1), 2],
    ['put in twice', (all: string[]) => all.splice(1, 0, all[0]!), 2],
    ['left out at the beginning', (all: string[]) => all.splice(0, 1), 1],
    ['exchanged', (all: string[]) => all.splice(1, 2, all[2]!, all[1]!), 2],
    ['made empty', (all: string[]) => all.splice(3, 1, ''), 4],
  ])('names where a line was %s', async (_name, change, line) => {
    const changed = [...lines];
    change(changed);
    expect((await check(changed)).broken?.line).toBe(line);
  });

  it('names the line of any byte that was changed', async () => {
    const random = createRandom('journal bytes');
    const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    for (let trial = 0; trial < 60; trial++) {
      const at = random.integer(whole.length - 1);
      const changed = Buffer.from(whole);
      changed[at] = (changed[at]! + 1 + random.integer(255)) % 256;
      const line = whole.subarray(0, at).toString('latin1').split('\n').length;
      expect((await check(changed)).broken?.line, `byte ${at}`).toBe(line);
    }
  });

  it('shows by a hash noted before that the end was cut off', async () => {
    const { last } = await check(lines);
    expect((await check(lines, last)).contains).toBe(true);
    const cut = lines.slice(0, -1);
    expect(await check(cut, last)).toMatchObject({ broken: null, contains: false });
  });

  it('names a file that is not there', async () => {
    await expect(verifyJournal('/nowhere/journal.jsonl')).rejects.toMatchObject({
      kind: 'environment',
      details: { what: 'cannot read the journal /nowhere/journal.jsonl' },
    });
  });
});
