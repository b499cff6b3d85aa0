/** What a chapter shows, taken apart for tests. */
import { expect } from 'vitest';
import { allBlocks } from '../../src/report/allBlocks.ts';
import { drawPlot } from '../../src/report/plots/drawPlot.ts';
import type { Plot } from '../../src/report/plots/plot.ts';
import { PAPER_THEME } from '../../src/report/plots/plotTheme.ts';
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

/**
 * What holds for every chapter: ids are given once, rows are as long as their header, every plot
 * can be drawn and has data, and no text shows what is none.
 */
export async function expectSound(chapter: Chapter): Promise<void> {
  const { plots, tables, texts } = chapterContent(chapter);
  for (const ids of [plots, tables].map((things) => things.map(({ id }) => id))) {
    expect(new Set(ids).size).toBe(ids.length);
  }
  for (const { id, columns, rows } of tables) {
    expect(rows.length, id).toBeGreaterThan(0);
    for (const row of rows) expect(row.length, id).toBe(columns.length);
  }
  for (const text of texts) expect(text).not.toMatch(/\b(NaN|undefined|null|Infinity)\b|\[object/);
  for (const plot of plots) {
    expect(plot.rows.length, plot.id).toBeGreaterThan(0);
    expect(await drawPlot(plot, PAPER_THEME), plot.id).toMatch(/^<svg/);
  }
}
