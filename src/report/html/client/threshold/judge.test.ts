import { describe, expect, it } from 'vitest';
import { judge, judgedMetrics } from './judge.ts';

const SCORES = { normal: [0.1, 0.2, 0.3, 0.4, 0.7], anomalous: [0.5, 0.6, 0.8, 0.9, 1] };

describe('judge', () => {
  it('flags what exceeds the threshold', () => {
    expect(judge(SCORES, 0.45)).toEqual({ tp: 5, fp: 1, tn: 4, fn: 0 });
    expect(judge(SCORES, 0.55)).toEqual({ tp: 4, fp: 1, tn: 4, fn: 1 });
    expect(judge(SCORES, 2)).toEqual({ tp: 0, fp: 0, tn: 5, fn: 5 });
  });

  it('passes what equals it', () => {
    expect(judge(SCORES, 0.5)).toEqual({ tp: 4, fp: 1, tn: 4, fn: 1 });
  });
});

describe('judgedMetrics', () => {
  const metric = (counts: Parameters<typeof judgedMetrics>[0], title: string) =>
    judgedMetrics(counts).find((each) => each.title === title)!;
  const AT_045 = { tp: 5, fp: 1, tn: 4, fn: 0 };

  // Intervals: scipy.stats.binomtest(k, n).proportion_ci(0.95, 'exact')
  it.each([
    ['Recall', 1, 0.47817624989501856, 1, '5 anomalous'],
    ['Specificity', 4 / 5, 0.28358206388191054, 0.9949492366205319, '5 normal'],
    ['Precision', 5 / 6, 0.3587654210025136, 0.9957892554855104, '6 flagged'],
    ['Accuracy', 9 / 10, 0.5549838829718047, 0.9974714214555375, '10 images'],
  ])('has %s with its exact interval', (title, value, low, high, images) => {
    const found = metric(AT_045, title);
    expect(found).toMatchObject({ value, images });
    expect(found.interval!.low).toBeCloseTo(low, 10);
    expect(found.interval!.high).toBeCloseTo(high, 10);
  });

  // Values by hand: 2 * 5 / (2 * 5 + 1); (1 + 4/5) / 2; (5 * 4 - 1 * 0) / sqrt(6 * 5 * 5 * 4).
  // Bounds: the same formulas in Python at the ends of
  // scipy.stats.binomtest(5, 5).proportion_ci(0.975, 'exact') and of binomtest(4, 5)
  it.each([
    ['F1', 10 / 11, 0.381785124791908, 0.9987452790135791],
    ['Balanced accuracy', 0.9, 0.32593395630778027, 0.9987437027110053],
    ['MCC', 0.8164965809277261, -0.35395789375121156, 0.9974905540715059],
  ])('has %s with bounds from those of recall and specificity', (title, value, low, high) => {
    const found = metric(AT_045, title);
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.interval!.low).toBeCloseTo(low, 10);
    expect(found.interval!.high).toBeCloseTo(high, 10);
    expect(found.images).toBe('10 images');
  });

  it('has no such bounds with one class alone', () => {
    expect(metric({ tp: 3, fp: 0, tn: 0, fn: 1 }, 'F1')).toMatchObject({ interval: null });
  });

  it('says why there is no precision, no recall, no specificity', () => {
    const none = metric({ tp: 0, fp: 0, tn: 5, fn: 5 }, 'Precision');
    expect(none).toMatchObject({ value: null, interval: null, reason: 'nothing is flagged' });
    expect(metric({ tp: 0, fp: 1, tn: 4, fn: 0 }, 'Recall').value).toBeNull();
    expect(metric({ tp: 1, fp: 0, tn: 0, fn: 0 }, 'Specificity').value).toBeNull();
    expect(metric({ tp: 1, fp: 0, tn: 0, fn: 0 }, 'Balanced accuracy').value).toBeNull();
  });
});
