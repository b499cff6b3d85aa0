import { describe, expect, test } from 'vitest';
import { NO_PICTURES, reportResult } from '../../../test/support/reportInput.ts';
import { MVTEC_AD_COUNTS } from '../../data/publishedCounts.ts';
import { formatCell } from '../tables/formatCell.ts';
import { MVTEC_AD_CATEGORIES, MVTEC_AD_IMAGES, PUBLISHED } from './publishedFigures.ts';
import { publishedTable } from './publishedTable.ts';

/** The fixture's hazelnut with MVTec AD's numbers of images. */
function input(good = 391) {
  const result = reportResult();
  const [hazelnut, ...others] = result.categories;
  const split = {
    train: { good: good - 78 },
    val: { good: 78, crack: 5, cut: 5, hole: 5, print: 5 },
    test: { good: 40, crack: 13, cut: 12, hole: 13, print: 12 },
  };
  const categories = [{ ...hazelnut!, split }, ...others];
  return { result: { ...result, categories }, pictures: NO_PICTURES };
}

describe('publishedTable', () => {
  test('sets published figures beside those of the categories that are MVTec AD', () => {
    const table = publishedTable(input())!;
    expect(table.columns.map(({ title }) => title)).toEqual([
      ...['category', 'method', 'metric', 'this study'],
      ...['authors, WideResNet-50', 'anomalib, WideResNet-50', 'anomalib, ResNet-18'],
    ]);
    expect(table.rows.map((row) => row.slice(0, 3).join(' '))).toEqual(
      ['image AUROC', 'pixel AUROC', 'PRO'].flatMap((metric) =>
        ['PatchCore', 'PaDiM'].map((method) => `hazelnut ${method} ${metric}`),
      ),
    );
    expect(table.rows[1]!.slice(4).map(formatCell)).toEqual([
      'not computable: the source gives none, or was not looked up',
      '0.964',
      '0.750',
    ]);
    expect(table.rows[4]!.slice(4).map(formatCell)[0]).toBe('0.929');
    expect(table.note).toContain('backbone is filterbank, images squashed to 64 x 64');
    expect(table.note).toContain('from files of 256 x 256 pixels');
    expect(table.note).toContain('amazon-science/patchcore-inspection');
  });

  test('is none where a number of images differs', () => {
    expect(publishedTable(input(390))).toBeNull();
    expect(publishedTable({ result: reportResult(), pictures: NO_PICTURES })).toBeNull();
  });

  test('is none without the clean experiment', () => {
    const { result, pictures } = input();
    expect(publishedTable({ result: { ...result, experiments: {} }, pictures })).toBeNull();
  });
});

describe('published figures', () => {
  test('have a number for each category', () => {
    for (const { imageAuroc, pixelAuroc, pro } of PUBLISHED) {
      expect(imageAuroc).toHaveLength(15);
      expect(pixelAuroc).toHaveLength(15);
      if (pro !== null) expect(pro).toHaveLength(15);
    }
  });

  // The means as the sources state them: row "Mean" of results.csv, column "Avg" of the READMEs.
  test.each([
    [0, 0.9916, 0.9811, 0.9437],
    [1, 0.98, 0.98, null],
    [2, 0.973, 0.976, null],
    [3, 0.95, 0.979, null],
    [4, 0.891, 0.968, null],
  ])('of source %i have the mean that the source states', (at, image, pixel, pro) => {
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const source = PUBLISHED[at]!;
    // Within the rounding of the figures, and of the mean itself.
    const off = at === 0 ? 0.0001 : 0.001;
    expect(Math.abs(mean(source.imageAuroc) - image)).toBeLessThan(off);
    expect(Math.abs(mean(source.pixelAuroc) - pixel)).toBeLessThan(off);
    if (pro !== null) expect(Math.abs(mean(source.pro!) - pro)).toBeLessThan(off);
  });

  test('count images as the data set does', () => {
    for (const [at, name] of MVTEC_AD_CATEGORIES.entries()) {
      const { trainGood, testGood, defects } = MVTEC_AD_COUNTS.get(name)!;
      const defective = Object.values(defects).reduce((a, b) => a + b, 0);
      expect([...MVTEC_AD_IMAGES[at]!], name).toEqual([trainGood, testGood, defective]);
    }
  });
});
