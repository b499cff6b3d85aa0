import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_PICTURES, reportResult } from '../../test/support/reportInput.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import type { Run } from './openRun.ts';
import { writeReport } from './writeReport.ts';

/** One category's images alone: little of everything that is written. */
function run(files: Readonly<Record<string, string>> = {}, notes: readonly string[] = []): Run {
  const whole = reportResult({ experiments: {}, analysis: {}, models: [], macro: {} });
  const result = { ...whole, categories: whole.categories.slice(0, 1), measured: null };
  const read = () => new Uint8Array();
  return { folder: makeTree(files), result, pictures: { index: NO_PICTURES, read, notes } };
}

describe('writeReport', () => {
  test('writes a page, a paper, tables and figures into the run, the same each time', async () => {
    const opened = run();
    const formats = ['html', 'pdf', 'tables'] as const;
    const { folder, files } = await writeReport(opened, { formats });
    expect(folder).toBe(join(opened.folder, 'report'));
    const content = (name: string) => readFileSync(join(folder, name));
    expect(content('report.html').toString()).toContain('<!doctype html>');
    expect(content('report.pdf').toString('latin1', 0, 5)).toBe('%PDF-');
    for (const ending of ['csv', 'md', 'tex', 'svg', 'png']) {
      expect(
        files.some(({ name }) => name.endsWith(`.${ending}`)),
        ending,
      ).toBe(true);
    }
    const hashes = () => files.map(({ name }) => `${name} ${sha256(content(name))}`);
    expect(files.map(({ name }) => content(name).length)).toEqual(files.map(({ bytes }) => bytes));
    const first = hashes();
    await writeReport(opened, { formats });
    expect(hashes()).toEqual(first);
    expect(readdirSync(opened.folder)).toEqual(['report']);
  }, 30_000);

  test('holds what was asked for, and nothing of the report before it', async () => {
    const opened = run({ 'report/report.pdf': 'old', 'report/tables/old.csv': 'old' });
    const out = join(opened.folder, 'elsewhere');
    await writeReport(opened, { formats: ['html'] });
    expect(readdirSync(join(opened.folder, 'report'))).toEqual(['report.html']);
    await writeReport(opened, { formats: ['html'], out });
    expect(readdirSync(out)).toEqual(['report.html']);
  });

  test('never takes the place of anything else', async () => {
    const opened = run({ 'report/mine.txt': 'mine', file: 'x' });
    const refused = { kind: 'input', details: { found: 'mine.txt' } };
    await expect(writeReport(opened, { formats: ['html'] })).rejects.toMatchObject(refused);
    const out = join(opened.folder, 'file');
    await expect(writeReport(opened, { formats: ['html'], out })).rejects.toMatchObject({
      details: { found: out },
    });
    expect(existsSync(join(opened.folder, 'report', 'mine.txt'))).toBe(true);
  });

  test('stopped on the way leaves the report before it as it was', async () => {
    const opened = run({ 'report/report.html': 'old' });
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('stopped'));
    const stopped = writeReport(
      opened,
      { formats: ['tables', 'html'] },
      { onProgress, signal: controller.signal },
    );
    await expect(stopped).rejects.toThrow('stopped');
    expect(readdirSync(opened.folder)).toEqual(['report']);
    expect(readFileSync(join(opened.folder, 'report', 'report.html'), 'utf8')).toBe('old');
  });

  test('says in the report what it does without', async () => {
    const { folder, notes } = await writeReport(run({}, ['Pictures are <lost>.']), {
      formats: ['html'],
    });
    expect(notes).toEqual(['Pictures are <lost>.']);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(
      'Pictures are &lt;lost&gt;.',
    );
  });
});
