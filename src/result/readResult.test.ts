import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { studyResult } from '../../test/support/studyResult.ts';
import { makeTree } from '../../test/support/tree.ts';
import { readResult } from './readResult.ts';
import { RESULT_VERSION } from './result.ts';

/** The path of a file with this content. */
const written = (content: string) => join(makeTree({ 'result.json': content }), 'result.json');

const refusal = (path: string, found: string) => ({
  kind: 'input',
  details: {
    what: `${path} is not a result this version of flawmap can read`,
    expected: `the result.json of \`flawmap study\`, schema version ${RESULT_VERSION}`,
    found: expect.stringContaining(found),
    remedy: 'run the study again; what it has computed is kept and not computed twice',
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

  test.each([
    ['no JSON', '{"schemaVersion": 1', 'JSON'],
    ['a list', '[]', 'expected object'],
    [
      'of another version',
      JSON.stringify({ ...studyResult(), schemaVersion: RESULT_VERSION + 1 }),
      `schemaVersion: Invalid input: expected ${RESULT_VERSION}`,
    ],
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
  ])('refuses what is %s, and says where', async (_, content, found) => {
    const path = written(content);
    await expect(readResult(path)).rejects.toMatchObject(refusal(path, found));
  });
});
