/** What holds of every chapter of a report. */
import { expect } from 'vitest';
import { allBlocks } from '../../src/report/allBlocks.ts';
import type { Block, Chapter } from '../../src/report/report.ts';
import { formatCell } from '../../src/report/tables/formatCell.ts';
import { drawn } from './drawn.ts';

/** Tables are rectangular, ids unique, texts are sentences without holes, and plots can be drawn. */
export async function expectWellFormed(chapter: Chapter | null): Promise<Chapter> {
  if (chapter === null) throw new Error('the chapter is empty');
  expectSentence(chapter.lead);
  const blocks = blocksOf(chapter);
  const ids = blocks.flatMap(idOf);
  expect(new Set(ids).size, ids.join()).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
  for (const block of blocks) await expectBlock(block);
  return chapter;
}

export const blocksOf = (chapter: Chapter): readonly Block[] =>
  allBlocks({ title: '', subtitle: '', chapters: [chapter] });

function idOf(block: Block): string[] {
  if (block.kind === 'table') return [block.table.id];
  if (block.kind === 'plot') return [block.plot.id];
  return 'id' in block ? [block.id] : [];
}

async function expectBlock(block: Block): Promise<void> {
  if (block.kind === 'prose') expectSentence(block.text);
  if (block.kind === 'verdicts') for (const { text } of block.verdicts) expectSentence(text);
  if (block.kind === 'table') {
    const { id, columns, rows } = block.table;
    expect(rows.length, id).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.length, id).toBe(columns.length);
      expect(row.map(formatCell).join(' '), id).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
  }
  if (block.kind === 'plot') {
    expectSentence(block.plot.sentence);
    expect(block.plot.rows.length).toBeGreaterThan(0);
    await drawn(block.plot);
  }
}

function expectSentence(text: string): void {
  expect(text).toMatch(/\.$/);
  expect(text).not.toMatch(/NaN|undefined|null|Infinity|\[object| {2}|\.\.|,,/);
}
