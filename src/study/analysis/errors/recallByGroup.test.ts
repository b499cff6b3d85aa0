import { describe, expect, it } from 'vitest';
import type { Grouping } from './groupDefects.ts';
import { recallByGroup } from './recallByGroup.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const grouping = (...sizes: readonly number[]): Grouping => {
  let end = 0;
  const groups = sizes.map((size, i) => {
    end += size;
    const members = range(end - size, end);
    return { label: `group ${i}`, words: '', from: null, to: null, members };
  });
  return { property: 'size', groups, leftOut: 0 };
};

/** The first so many of each group of ten are found. */
const judged = (...hits: readonly number[]) => {
  const found = hits.flatMap((count) => range(0, 10).map((i) => i < count));
  return { found, margins: found.map((hit) => (hit ? 2 : -1)) };
};

describe('recallByGroup', () => {
  it('has counts, exact intervals and median margins', () => {
    const { chart } = recallByGroup(grouping(10, 10), judged(4, 10), 0.95, 'here');
    expect(chart.data).toMatchObject([
      { label: 'group 0', images: 10, found: 4, recall: 0.4, margin: -1 },
      { label: 'group 1', images: 10, found: 10, recall: 1, margin: 2 },
    ]);
    // python3: scipy.stats.binomtest(4, 10).proportion_ci(0.95, 'exact')
    const [{ interval }] = chart.data as [(typeof chart.data)[number]];
    expect(interval.low).toBeCloseTo(0.12155225811982723, 8);
    expect(interval.high).toBeCloseTo(0.7376219233930549, 8);
    expect(chart.title).toBe('Recall by size of the defect: here');
  });

  it('tests two groups once', () => {
    // python3: scipy.stats.fisher_exact([[4, 6], [10, 0]])
    const { test, chart } = recallByGroup(grouping(10, 10), judged(4, 10), 0.95, '');
    expect(test.pValue).toBeCloseTo(0.010835913312693499, 10);
    expect(chart.sentence).toContain('They differ more than chance explains');
  });

  it('makes up for choosing among three groups', () => {
    // python3: 3 * scipy.stats.fisher_exact([[4, 6], [16, 4]])[1], the smallest of the three
    const { test, chart } = recallByGroup(grouping(10, 10, 10), judged(4, 8, 8), 0.95, '');
    expect(test.pValue).toBeCloseTo(0.1345737720550314, 10);
    expect(chart.sentence).toContain('No difference is shown');
  });

  it('cannot test where all are found, or none', () => {
    const all = recallByGroup(grouping(10, 10), judged(10, 10), 0.95, '');
    expect(all.test).toEqual({ pValue: null, reason: 'not computable: none is missed' });
    expect(all.chart.sentence).toContain('Whether they differ is not computable: none is missed.');
    const none = recallByGroup(grouping(10, 10), judged(0, 0), 0.95, '');
    expect(none.test.reason).toBe('not computable: none is found');
  });

  it('says how many images are left out, and has no margins where there is no scale', () => {
    const { found } = judged(5, 5);
    const { chart } = recallByGroup(
      { ...grouping(10, 10), leftOut: 3 },
      { found, margins: found.map(() => null) },
      0.95,
      '',
    );
    expect(chart.sentence).toMatch(/3 defective images without that measure left out\.$/);
    expect(chart.data.map(({ margin }) => margin)).toEqual([null, null]);
  });
});
