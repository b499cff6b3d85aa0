import { describe, expect, test } from 'vitest';
import { reportInput, reportResult } from '../../../test/support/reportInput.ts';
import type { Chapter } from '../report.ts';
import { preparation } from './preparation.ts';

const tablesOf = ({ blocks }: Chapter) =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []));
const textOf = ({ blocks }: Chapter) =>
  blocks.flatMap((block) => (block.kind === 'prose' ? [block.text] : [])).join(' ');

describe('preparation', () => {
  test('counts every part of the split', () => {
    const result = reportResult();
    const chapter = preparation(reportInput())!;
    const count = (part: string, good: boolean) =>
      result.categories
        .flatMap(({ split }) => Object.entries(split[part]!))
        .filter(([type]) => (type === 'good') === good)
        .reduce((sum, [, images]) => sum + images, 0);
    expect(chapter.lead).toBe(
      `Models learn from ${count('train', true)} good images; thresholds are set on ${count('val', true)} good and ${count('val', false)} defective ones; everything is measured on ${count('test', true)} good and ${count('test', false)} defective ones that neither has seen.`,
    );
    const [split, calibration] = tablesOf(chapter);
    expect(split!.rows).toContainEqual([
      'hazelnut',
      'good',
      expect.objectContaining({ value: 10 }),
      expect.objectContaining({ value: 6 }),
      expect.objectContaining({ value: 5 }),
    ]);
    // Six normal images: the largest score, above which one in seven lies on average.
    expect(calibration!.rows[0]![6]).toBe('6 of 6 (highest)');
    expect(calibration!.rows[0]![7]).toMatchObject({ value: expect.closeTo(100 / 7, 3) });
    expect(textOf(chapter)).toContain('squashed to 64 x 64 pixels');
  });

  test('says what a crop and a strong reduction cost', () => {
    const result = reportResult();
    const config = { ...result.config, backbone: { resize: 30, crop: 20 } };
    const text = textOf(preparation(reportInput({ config }))!);
    expect(text).toContain('central 20 x 20 pixels are kept');
    expect(text).toMatch(/hazelnut \(\d+\.\d times\)/);
  });

  test('works without experiments and settings, and not without a split', () => {
    const chapter = preparation(reportInput({ experiments: {}, config: {} }))!;
    expect(tablesOf(chapter).map(({ id }) => id)).toEqual(['split-by-type']);
    expect(textOf(chapter)).not.toContain('undefined');
    expect(preparation(reportInput({ categories: [] }))).toBeNull();
  });
});
