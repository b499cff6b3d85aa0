import { expect, test } from 'vitest';
import { TABLE } from '../../../test/support/tableOfEverything.ts';
import { tableFiles } from './tableFiles.ts';
import { toCsv } from './toCsv.ts';
import { toLatex } from './toLatex.ts';
import { toMarkdown } from './toMarkdown.ts';

test('writes every table of every chapter in each format', () => {
  const chapter = {
    ...{ id: 'c', number: null, title: 'C', lead: '' },
    blocks: [{ kind: 'table', table: TABLE } as const],
  };
  const files = tableFiles({ title: 'T', subtitle: '', chapters: [chapter, chapter] });
  expect(files.map(({ name }) => name)).toEqual(
    ['every-cell', 'every-cell-2'].flatMap((name) =>
      ['csv', 'md', 'tex'].map((ending) => `tables/${name}.${ending}`),
    ),
  );
  expect(files.slice(0, 3).map(({ content }) => content)).toEqual([
    toCsv(TABLE),
    toMarkdown(TABLE),
    toLatex(TABLE),
  ]);
});
