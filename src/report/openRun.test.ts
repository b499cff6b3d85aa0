import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { studyResult } from '../../test/support/studyResult.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import { openRun } from './openRun.ts';

describe('openRun', () => {
  test('opens a folder as well as the document in it', async () => {
    const root = makeTree({ 'result.json': JSON.stringify(studyResult()) });
    const opened = await openRun(root);
    expect(opened).toMatchObject({ folder: root, result: studyResult() });
    expect(await openRun(join(root, 'result.json'))).toMatchObject({ folder: root });
  });

  test.each([
    ['nothing', 'absent', 'nothing there', 'check the path'],
    ['a folder of something else', '.', 'a folder without result.json', 'run it again'],
  ])('refuses %s', async (_, path, found, remedy) => {
    const place = join(makeTree({ 'a.txt': '' }), path);
    await expect(openRun(place)).rejects.toMatchObject({
      kind: 'input',
      details: {
        what: `${place} is no run of a study`,
        found,
        remedy: expect.stringContaining(remedy),
      },
    });
  });

  test('refuses another file as a result that cannot be read', async () => {
    const file = join(makeTree({ 'notes.txt': 'x' }), 'notes.txt');
    await expect(openRun(file)).rejects.toMatchObject({
      details: { what: `${file} is not a result this version of flawmap can read` },
    });
  });

  test('refuses a result that has changed since the manifest was written', async () => {
    const text = JSON.stringify(studyResult());
    const manifest = JSON.stringify({ outputs: { 'result.json': sha256(text) } });
    const root = makeTree({ 'result.json': text, 'manifest.json': manifest });
    await openRun(root);
    writeFileSync(join(root, 'result.json'), text.replace('"seed":', '"seed": '));
    await expect(openRun(root)).rejects.toMatchObject({
      kind: 'input',
      details: {
        what: `${join(root, 'result.json')} is not as it was written`,
        remedy: expect.stringContaining('run the study again'),
      },
    });
    writeFileSync(join(root, 'manifest.json'), 'no manifest');
    await openRun(root);
  });
});
