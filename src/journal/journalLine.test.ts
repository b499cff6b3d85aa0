import { describe, expect, it } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { NO_LINE, openLine, sealLine } from './journalLine.ts';

const override = {
  of: 'c'.repeat(64),
  verdict: 'normal',
  by: 'Kim',
  note: 'a reflection',
} as const;

describe('a journal line', () => {
  it('is read as it was written', () => {
    for (const entry of [journalEntry(1), { ...journalEntry(2), override }]) {
      const { text, line } = sealLine(entry, NO_LINE);
      expect(text).not.toContain('\n');
      expect(openLine(Buffer.from(text))).toEqual(line);
      expect(line).toEqual({ ...entry, previous: NO_LINE, hash: line.hash });
    }
  });

  it('has the hash that sha256sum gives for it without its last key', () => {
    // hashlib.sha256(b'{"time": ... "previous":"0...0"}').hexdigest(), the closing brace kept
    const { text, line } = sealLine({ ...journalEntry(1), imageName: 'a.png', boxes: [] }, NO_LINE);
    expect(text.slice(0, text.indexOf(',"hash"'))).toBe(
      `{"time":"2026-01-01T00:00:01.000Z","imageSha256":"${'a'.repeat(64)}","imageName":"a.png",` +
        `"modelSha256":"${'b'.repeat(64)}","threshold":20.5,"score":1.25,"verdict":"anomalous",` +
        `"reason":"The score is above the threshold.","boxes":[],"previous":"${NO_LINE}"`,
    );
    expect(line.hash).toBe('8cd55bde1c1d644800a10649dd55ee3f7fdc397c2ce830fbec1b5d023b1ef998');
  });

  it.each([
    ['', 'does not end in its hash'],
    ['{}', 'does not end in its hash'],
    [`{"hash":"${NO_LINE}"}`, 'does not end in its hash'],
  ])('is not %s', (text, problem) => {
    expect(openLine(Buffer.from(text))).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('is no judgement though sealed', () => {
    const { text } = sealLine({ ...journalEntry(1), verdict: 'fine' as 'normal' }, NO_LINE);
    expect(openLine(Buffer.from(text))).toEqual({
      problem: expect.stringContaining('no judgement: verdict'),
    });
  });
});
