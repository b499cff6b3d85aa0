/** What a chapter shows, taken apart for tests. */
import { allBlocks } from '../../src/report/allBlocks.ts';
import type { Plot } from '../../src/report/plots/plot.ts';
import type { Chapter } from '../../src/report/report.ts';
import { formatCell } from '../../src/report/tables/formatCell.ts';
import type { Table } from '../../src/report/tables/table.ts';

export interface ChapterContent {
  readonly plots: readonly Plot[];
  readonly tables: readonly Table[];
  /** Everything that is to be read, cells included. */
  readonly texts: readonly string[];
}

export function chapterContent(chapter: Chapter): ChapterContent {
  const blocks = allBlocks({ title: '', subtitle: '', chapters: [chapter] });
  const plots = blocks.flatMap((block) => (block.kind === 'plot' ? [block.plot] : []));
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []));
  const texts = [
    ...[chapter.title, chapter.lead],
    ...blocks.flatMap((block) => ('text' in block ? [block.text] : [])),
    ...blocks.flatMap((block) =>
      block.kind === 'pictures'
        ? [block.title, block.sentence, ...block.items.map(({ caption }) => caption)]
        : [],
    ),
    ...plots.flatMap(({ title, sentence }) => [title, sentence]),
    ...tables.flatMap(({ title, note, columns, rows }) => [
      title,
      note ?? '',
      ...columns.map((column) => column.title),
      ...rows.flatMap((row) => row.map(formatCell)),
    ]),
  ];
  return { plots, tables, texts };
}
