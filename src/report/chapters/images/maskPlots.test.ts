import { describe, expect, test } from 'vitest';
import type { ExploredClass } from '../../../result/exploration.ts';
import type { CategoryImages } from './categoryImages.ts';
import { defectTypesPlot, maskAreaPlot } from './maskPlots.ts';

const defect = (
  defectType: string,
  images: number,
  present: number,
  area: number | null,
): ExploredClass => ({
  phase: 'test',
  label: 'anomalous',
  defectType,
  images,
  brightness: null,
  contrast: null,
  masks: {
    present,
    missing: [],
    areaShare:
      area === null
        ? null
        : { min: area, q25: area, median: area, q75: area, max: area, mean: area },
  },
});

const category = (name: string, classes: ExploredClass[]): CategoryImages => ({
  name,
  classes,
  defectTypes: classes.map(({ defectType }) => defectType),
  explored: {
    name,
    layout: 'mvtec',
    images: 0,
    classes,
    sizes: [],
    mixedSizes: false,
    formats: [],
    mixedFormats: false,
    unreadable: [],
    skipped: [],
    layoutProblems: 0,
  },
});

describe('defectTypesPlot', () => {
  test('splits each type by whether its masks are known, and names the rarest', () => {
    const plot = defectTypesPlot([
      category('nut', [defect('cut', 5, 2, 0.1), defect('hole', 9, 9, 0.2)]),
    ])!;
    const of = (label: string) =>
      plot.rows.filter((row) => row.label === label).map(({ value }) => value);
    expect(of('cut')).toEqual([2, 3]);
    expect(of('hole')).toEqual([9, 0]);
    expect(plot.sentence).toContain('between 5 images (cut of nut) and 9 (hole of nut)');
  });

  test('says when all are alike, and is left out without defects', () => {
    expect(defectTypesPlot([category('nut', [defect('cut', 1, 1, null)])])!.sentence).toBe(
      'Every type of defect has 1 image.',
    );
    expect(defectTypesPlot([category('nut', [])])).toBeNull();
  });
});

describe('maskAreaPlot', () => {
  test('has shares in percent, smallest and largest in words', () => {
    const plot = maskAreaPlot([
      category('nut', [
        defect('cut', 5, 2, 0.01),
        defect('hole', 9, 9, 0.2),
        defect('dust', 2, 0, null),
      ]),
    ])!;
    expect(plot.rows.map(({ label, median }) => [label, median])).toEqual([
      ['cut', 1],
      ['hole', 20],
    ]);
    expect(plot.sentence).toContain(
      'from 1% of the image (cut of nut, 2 masks) to 20% (hole of nut, 9)',
    );
  });

  test('is left out without masks', () => {
    expect(maskAreaPlot([category('nut', [defect('cut', 5, 0, null)])])).toBeNull();
  });
});
