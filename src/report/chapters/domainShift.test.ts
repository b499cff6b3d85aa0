import { describe, expect, test } from 'vitest';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import type { Chapter } from '../report.ts';
import { domainShift } from './domainShift.ts';

const textOf = ({ blocks }: Chapter) =>
  blocks.flatMap((block) => (block.kind === 'prose' ? [block.text] : [])).join(' ');
const tableOf = ({ blocks }: Chapter, id: string) =>
  blocks.flatMap((block) =>
    block.kind === 'table' && block.table.id === id ? [block.table] : [],
  )[0];

const spread = (from: number) => ({
  min: from,
  q25: from + 1,
  median: from + 2,
  q75: from + 3,
  max: from + 4,
  mean: from + 2,
});

describe('domainShift', () => {
  test('shows clean images beside shifted ones, defects with their moved masks', () => {
    const chapter = domainShift(reportInput())!;
    const [tabs] = chapter.blocks.flatMap((block) => (block.kind === 'tabs' ? [block] : []));
    const [row] = tabs!.tabs[0]!.blocks;
    if (row?.kind !== 'pictures') throw new Error('expected pictures');
    for (const { files } of row.items) {
      expect(files.slice(0, 2).map(({ alt }) => alt)).toEqual(['clean', 'shifted']);
      expect(files[0]!.file).toContain('/clean/');
      expect(files[1]!.file).toContain('/shifted/');
    }
    expect(row.items.some(({ files }) => files.length === 3)).toBe(true);
  });

  test('has what was drawn over all categories', () => {
    const [one, two] = reportResult().shift;
    const drawn = (images: number, from: number) => [
      { transform: 'rotation', parameter: 'degrees', images, spread: spread(from) },
    ];
    const shift = [
      { ...one!, summary: 'turned', drawn: drawn(10, -5) },
      { ...two!, drawn: drawn(30, -1) },
    ];
    const chapter = domainShift(reportInput({ shift }))!;
    expect(chapter.lead).toContain('(turned)');
    const [row] = tableOf(chapter, 'shift-draws')!.rows;
    // The median is the mean of -3 and 1, weighted 10 to 30.
    expect(row).toMatchObject([
      'turned, degrees',
      { value: 40 },
      { value: -5 },
      {},
      { value: 0 },
      {},
      { value: 3 },
    ]);
  });

  test('says what is not known: defects without masks that may have left the frame', () => {
    const [one] = reportResult().shift;
    const still = {
      ...one!,
      redraws: 0,
      maskUnknown: 0,
      filled: { mean: 0, largest: 0 },
      drawn: undefined,
    };
    const known = domainShift(reportInput({ shift: [still] }))!;
    expect(textOf(known)).toContain('No image shows anything beyond its border.');
    expect(textOf(known)).not.toContain('without a mask');
    expect(tableOf(known, 'shift-draws')).toBeUndefined();
    const unknown = domainShift(
      reportInput({ shift: [{ ...still, maskUnknown: 3, redraws: 1 }] }),
    )!;
    expect(textOf(unknown)).toContain('Defective images without a mask: hazelnut (3).');
    expect(textOf(unknown)).toContain('1 draw would have pushed');
  });

  test('is left out where nothing was shifted, and shows no pictures where there are none', () => {
    expect(domainShift(reportInput({ shift: [] }))).toBeNull();
    const chapter = domainShift({ result: reportResult(), pictures: NO_PICTURES })!;
    expect(chapter.blocks.some(({ kind }) => kind === 'tabs')).toBe(false);
  });
});
