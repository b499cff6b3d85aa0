import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { judgeComparison, objectionsTo, type TwiceScored } from './judgeComparison.ts';

const THRESHOLDS = { old: 1, new: 2 };

/** Twelve normal and eight anomalous images. */
const normal = [0.2, 0.3, 0.35, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.1, 1.3];
const anomalous = [0.85, 1.2, 1.4, 1.5, 1.7, 1.8, 2.1, 2.4];

function images(change: (score: number, i: number) => number): TwiceScored[] {
  return [
    ...normal.map((score, i) => ({ score, label: 'normal' as const, i })),
    ...anomalous.map((score, i) => ({ score, label: 'anomalous' as const, i: normal.length + i })),
  ].map(({ score, label, i }) => ({
    id: `${label}/${i}`,
    label,
    scores: { old: score, new: 2 * change(score, i) },
  }));
}

const judge = (compared: readonly TwiceScored[]) =>
  judgeComparison(compared, THRESHOLDS, createRandom('compare'));

describe('judgeComparison', () => {
  it('finds no difference between a model and the same in other units', () => {
    const found = judge(images((score) => score));
    expect(found.flipped).toEqual([]);
    expect(found.counts).toEqual({ normal: 12, anomalous: 8 });
    for (const { difference } of found.metrics) expect(difference).toBe(0);
    expect(found.mcnemar.reason).toBe('both judge every image alike');
    expect(found.delong).toMatchObject({ pValue: null, reason: 'no image is placed differently' });
    expect(found.bootstrap.reason).toBe('no resample differs');
    expect(objectionsTo(found.metrics, [], 0)).toEqual([]);
  });

  it('lists what is judged differently, broken first', () => {
    // The two false alarms go, and two flaws with them.
    const found = judge(images((score) => (score > 1 && score < 1.45 ? score - 0.5 : score)));
    expect(found.flipped.map(({ id, change }) => `${change} ${id}`)).toEqual([
      'broken anomalous/13',
      'broken anomalous/14',
      'fixed normal/10',
      'fixed normal/11',
    ]);
    const by = Object.fromEntries(found.metrics.map((metric) => [metric.name, metric]));
    expect(by.recall).toMatchObject({ old: 7 / 8, new: 5 / 8 });
    expect(by.specificity).toMatchObject({ old: 10 / 12, new: 1 });
    expect(found.mcnemar).toMatchObject({ statistic: 0, pValue: 1 });
  });

  it('tells how sure a loss is', () => {
    // The flaws' scores fall by 0.6: sklearn.metrics.roc_auc_score gives 0.9583 and 0.7344.
    const found = judge(images((score, i) => (i >= normal.length ? score - 0.6 : score)));
    const [auroc] = found.metrics;
    expect(auroc!.old).toBeCloseTo(0.9583333333333334, 12);
    expect(auroc!.new).toBeCloseTo(0.734375, 12);
    expect(found.delong.pValue).toBeGreaterThan(0);
    expect(found.delong.pValue).toBeLessThan(0.05);
    expect(found.bootstrap.pValue).toBeLessThan(0.05);
    const { low, high } = found.bootstrap.interval!;
    expect(low).toBeLessThan(auroc!.difference!);
    expect(high).toBeGreaterThan(auroc!.difference!);
    expect(high).toBeLessThan(0);
    expect(objectionsTo(found.metrics, [], 0.1)).toEqual([
      expect.stringMatching(/^AUROC falls by 0\.2240, over the 0\.1 allowed$/),
      expect.stringMatching(/^balanced accuracy falls by/),
    ]);
    expect(objectionsTo(found.metrics, [], 0.5)).toEqual([]);
  });

  it('computes what one label allows', () => {
    const found = judge(images((score) => score).filter(({ label }) => label === 'normal'));
    expect(found.metrics.find(({ name }) => name === 'auroc')!.difference).toBeNull();
    expect(found.bootstrap).toMatchObject({ pValue: null, interval: null });
    expect(found.delong.reason).toBe('normal or anomalous images are missing');
  });
});

describe('objectionsTo', () => {
  it('holds every golden failure against the model', () => {
    const failure = { id: 'good/1.png', label: 'normal', score: 3 } as const;
    expect(objectionsTo([], [failure], 1)).toEqual(['1 golden image is judged wrongly']);
    expect(objectionsTo([], [failure, failure], 1)).toEqual(['2 golden images are judged wrongly']);
  });
});
