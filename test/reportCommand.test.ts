/** `flawmap report` as people and scripts meet it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURES_FILE } from '../src/result/pictures.ts';
import { RESULT_VERSION } from '../src/result/result.ts';
import { reportResult } from './support/reportInput.ts';
import { runCommand } from './support/runCommand.ts';
import { studyResult } from './support/studyResult.ts';
import { makeTree } from './support/tree.ts';

/** One category's images alone: little of everything that is written. */
function small() {
  const whole = reportResult({ experiments: {}, analysis: {}, models: [], macro: {} });
  return { ...whole, categories: whole.categories.slice(0, 1), measured: null };
}
const runWith = (result: object, files: Readonly<Record<string, string>> = {}) =>
  makeTree({ 'result.json': JSON.stringify(result), ...files });

describe('flawmap report', () => {
  it('writes what is asked for, and says where', async () => {
    const run = runWith(small());
    const { exitCode, stdout } = await runCommand(['report', run, '--format', 'html,tables']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'The report',
      expect.stringMatching(/report\/report\.html {2}[\d.]+ [kM]B$/),
      expect.stringMatching(/report\/tables {2}\d+ files$/),
      expect.stringMatching(/report\/figures {2}\d+ files$/),
      '',
    ]);
    expect(existsSync(join(run, 'report', 'report.html'))).toBe(true);
    expect(existsSync(join(run, 'report', 'report.pdf'))).toBe(false);
  }, 30_000);

  it('takes a result.json, --out and --json', async () => {
    const run = runWith(small());
    const out = join(run, 'paper');
    const args = ['report', join(run, 'result.json'), '--format', 'pdf', '--out', out, '--json'];
    const { exitCode, stdout } = await runCommand(args);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ folder: out, files: [{ name: 'report.pdf' }] });
  }, 30_000);

  it('goes without pictures that cannot be read, and says so', async () => {
    const run = runWith(small(), { [PICTURES_FILE]: '{' });
    const { exitCode, stderr } = await runCommand(['report', run, '--format', 'html', '--quiet']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("The run's pictures cannot be shown: pictures/pictures.json");
  }, 30_000);

  it.each([
    ['what is no run', [], null, 3, 'is no run of a study', 'run it again'],
    [
      'an unknown format',
      ['--format', 'htm'],
      small(),
      2,
      'there is no format htm',
      'did you mean html?',
    ],
    [
      'a result of an earlier version',
      [],
      { ...studyResult(), schemaVersion: 0 },
      3,
      'schema version 0, written by flawmap',
      'run the study again',
    ],
    [
      'a result of a newer version',
      [],
      { ...studyResult(), schemaVersion: RESULT_VERSION + 1 },
      3,
      `schema version ${RESULT_VERSION + 1}`,
      'update flawmap',
    ],
  ])('refuses %s', async (_, options, result, code, found, remedy) => {
    const run = result === null ? makeTree({ 'a.txt': '' }) : runWith(result);
    const { exitCode, stderr } = await runCommand(['report', run, ...options]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(found);
    expect(stderr).toContain(remedy);
  });
});
