import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { studyResult } from '../../test/support/studyResult.ts';
import { makeTree } from '../../test/support/tree.ts';
import { readResult } from './readResult.ts';
import { RESULT_VERSION } from './result.ts';

/** The path of a file with this content. */
const written = (content: string) => join(makeTree({ 'result.json': content }), 'result.json');

const AGAIN = 'run the study again; what it has computed is kept and not computed twice';

const refusal = (path: string, found: string, remedy = AGAIN) => ({
  kind: 'input',
  details: {
    what: `${path} is not a result this version of flawmap can read`,
    expected: `the result.json of \`flawmap study\`, schema version ${RESULT_VERSION}`,
    found: expect.stringContaining(found),
    remedy,
  },
});

describe('readResult', () => {
  test('reads what was written', async () => {
    const result = studyResult({ measured: { seconds: 3 }, config: { seed: 42 } });
    expect(await readResult(written(JSON.stringify(result)))).toEqual(result);
  });

  test('names a file that is not there', async () => {
    const path = join(makeTree({}), 'result.json');
    await expect(readResult(path)).rejects.toMatchObject(refusal(path, 'ENOENT'));
  });

  test('of a newer version says that flawmap is to be updated', async () => {
    const schemaVersion = RESULT_VERSION + 1;
    const path = written(JSON.stringify({ ...studyResult(), schemaVersion }));
    const found = `schema version ${schemaVersion}, written by flawmap`;
    const remedy = `update flawmap: ${studyResult().createdBy} has written it`;
    await expect(readResult(path)).rejects.toMatchObject(refusal(path, found, remedy));
  });

  test('reads an earlier version that leads to this one', async () => {
    const { name, ...result } = studyResult();
    const path = written(JSON.stringify({ ...result, schemaVersion: 0, title: name }));
    const migrations = {
      0: ({ title, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, name: title }),
    };
    expect(await readResult(path, migrations)).toEqual(studyResult());
  });

  test.each([
    ['no JSON', '{"schemaVersion": 1', 'JSON'],
    ['a list', '[]', 'a document without schemaVersion'],
    ['no study', '{"name": "x"}', 'a document without schemaVersion'],
    [
      'of an earlier version',
      JSON.stringify({ ...studyResult({ createdBy: 'flawmap 0.0.9' }), schemaVersion: 0 }),
      'schema version 0, written by flawmap 0.0.9',
      `${AGAIN}; flawmap 0.0.9 can still read it`,
    ],
    ['of no version', '{"schemaVersion": "a"}', 'schema version "a"'],
    [
      'with a part that is missing',
      JSON.stringify({ ...studyResult(), categories: undefined }),
      'categories: Invalid input',
    ],
    [
      'with a number that is none',
      // What JSON makes of NaN.
      JSON.stringify({
        ...studyResult(),
        macro: {
          clean: { padim: { f1: { value: 1, n: Number.NaN, deviation: 0, interval: null } } },
        },
      }),
      'macro.clean.padim.f1.n: Invalid input',
    ],
  ])('refuses what is %s, and says where', async (_, content, found, remedy = AGAIN) => {
    const path = written(content);
    await expect(readResult(path)).rejects.toMatchObject(refusal(path, found, remedy));
  });
});
