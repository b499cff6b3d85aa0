import { describe, expect, it } from 'vitest';
import { estimate, runWith, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { byCategory, histogramPlot, imagesOf, marksOf } from './scenarioPlots.ts';

const withAuroc = (category: string, value: number | null) =>
  scenarioWith({ category, metrics: { image_auroc: estimate(value) } });

describe('byCategory', () => {
  it('names a few categories, of many the ends', () => {
    const [a, b] = [withAuroc('a', 0.9), withAuroc('b', 0.8)];
    expect(byCategory([a, b], 'image_auroc')).toBe('a 0.900 and b 0.800');
    const many = [a, b, ...['c', 'd', 'e'].map((name) => withAuroc(name, 0.85))];
    expect(byCategory(many, 'image_auroc')).toBe('5 categories from b 0.800 to a 0.900');
  });

  it('leaves out what is not computable', () => {
    expect(byCategory([withAuroc('a', null), withAuroc('b', 0.8)], 'image_auroc')).toBe('b 0.800');
    expect(byCategory([withAuroc('a', null)], 'pro')).toBe('not computable');
  });
});

describe('imagesOf', () => {
  it('gives ranges where categories differ', () => {
    const { counts } = scenarioWith();
    const more = scenarioWith({ counts: { ...counts, test: { normal: 2, anomalous: 5 } } });
    expect(imagesOf([scenarioWith()])).toBe('on 2 normal and 2 anomalous test images');
    expect(imagesOf([scenarioWith(), more])).toBe(
      'on 2 normal and 2 to 5 anomalous test images each',
    );
  });
});

describe('marksOf', () => {
  it('shows a threshold once that is both', () => {
    const { thresholds } = runWith(1);
    expect(marksOf(thresholds)).toHaveLength(2);
    expect(marksOf({ ...thresholds, chosen: thresholds.normalOnly })).toEqual([
      { label: 'from normal images alone', threshold: 3 },
    ]);
  });
});

describe('histogramPlot', () => {
  it('is null without scores', () => {
    const text = { id: 'scores', title: 'Scores', sentence: 'x' };
    const empty = scenarioWith({ images: [] });
    expect(histogramPlot(text, [{ panel: 'nut', scenario: empty }])).toBeNull();
    expect(histogramPlot(text, [{ panel: 'nut', scenario: scenarioWith() }])).not.toBeNull();
  });
});
