/** docs/errors.md lists the failures that the code has; `npm run docs:errors` writes it. */
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { entriesOf, errorCatalogue } from '../support/errorCatalogue.ts';
import { errorsPage } from '../support/errorsPage.ts';
import { ROOT } from '../support/markdown.ts';

const entries = errorCatalogue();

describe('docs/errors.md', () => {
  test('is what the code has: run `npm run docs:errors` after a change', async () => {
    await expect(errorsPage(entries)).toMatchFileSnapshot(join(ROOT, 'docs', 'errors.md'));
  });

  test('says of nearly every failure what to do, what was found or what was expected', () => {
    const told = entries.filter(({ kind }) => kind !== 'internal');
    expect(told.length).toBeGreaterThan(250);
    const bare = told.filter(({ expected, found, remedy }) => !(expected ?? found ?? remedy));
    expect(bare.length).toBeLessThan(told.length / 100);
  });
});

describe('the catalogue', () => {
  const read = (code: string) =>
    entriesOf([ts.createSourceFile('a/b.ts', code, ts.ScriptTarget.ES2023, true)]);

  test('has texts as the reader meets them', () => {
    const code = `
      const MOST = 5;
      function check(path: string, freeBytes: number) {
        const why = freeBytes > 0 ? 'little room' : 'no room';
        if (bad) throw environmentError({
          what: \`cannot write \${path}\`,
          expected: \`at most \${MOST} files\`,
          found: why,
          remedy: 'free some ' + \`of \${formatBytes(freeBytes)}\`,
        });
      }`;
    expect(read(code)).toEqual([
      {
        ...{ file: 'a/b.ts', kind: 'environment', what: 'cannot write ‹path›' },
        ...{ expected: 'at most 5 files', found: 'little room / no room' },
        remedy: 'free some of ‹free bytes›',
      },
    ]);
  });

  test('follows texts to where they are given', () => {
    const code = `
      const refuse = (found: string, remedy?: string) => inputError({ what: 'no', found, remedy });
      refuse('one thing', 'do this');
      refuse(\`another \${name}\`);`;
    expect(read(code).map(({ found, remedy }) => [found, remedy])).toEqual([
      ['one thing', 'do this'],
      ['another ‹name›', '‹remedy›'],
    ]);
  });
});
