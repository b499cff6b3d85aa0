import { describe, expect, test } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { type Change, changesOf, changesTold } from './changes.ts';
import { typst } from './typst.ts';

const change = (category: string, value: number, shown: boolean | null): Change => ({
  category,
  value,
  interval: null,
  adjusted: null,
  shown,
});

/** Without what keeps data apart from markup. */
const told = (changes: readonly Change[], opening?: string) =>
  changesTold(typst`the AUROC`, changes, opening).source.replaceAll(/#"([^"]*)";/g, '$1');

describe('changesTold', () => {
  test('words a change by its size', () => {
    expect(told([change('a', -0.3, true)])).toBe('The AUROC falls far on a (−0.300).');
    expect(told([change('a', -0.06, true)])).toBe('The AUROC falls on a (−0.060).');
    expect(told([change('a', -0.03, true)])).toBe('The AUROC falls a little on a (−0.030).');
    expect(told([change('a', 0.01, true)])).toBe('The AUROC rises by a trace on a (+0.010).');
  });

  test('says apart what is not shown, however large', () => {
    expect(told([change('a', -0.05, true), change('b', -0.4, false), change('c', 0, null)])).toBe(
      'The AUROC falls on a (−0.050); no change is shown on b (−0.400) and c (0.000).',
    );
    expect(told([change('a', -0.4, false)])).toBe('No change of the AUROC is shown: a (−0.400).');
  });

  test('goes on from what opens the sentence', () => {
    expect(told([change('a', 0.2, true)], 'Fitted anew,')).toBe(
      'Fitted anew, the AUROC rises far on a (+0.200).',
    );
    expect(told([change('a', 0.2, false)], 'Fitted anew,')).toBe(
      'Fitted anew, no change of the AUROC is shown: a (+0.200).',
    );
  });

  test('names no more than a few of many categories', () => {
    const many = Array.from({ length: 9 }, (_, i) => change(`c${i}`, -0.2 - i / 100, true));
    expect(told(many)).toContain('c5 (−0.250) and 5 others.');
  });
});

describe('changesOf', () => {
  const sides = [
    { scenario: 'shift-none', method: 'patchcore' },
    { scenario: 'clean', method: 'patchcore' },
  ] as const;

  test('goes by the verdict of declared comparisons', () => {
    const result = reportResult();
    const [statistics] = result.analysis.statistics!;
    const [found] = changesOf(result, 'image_auroc', ...sides);
    const difference = statistics!.differences.data.find(
      ({ category, metric, first, second, inFamily }) =>
        category === found!.category &&
        metric === 'image_auroc' &&
        inFamily &&
        first.scenario === 'shift-none' &&
        first.method === 'patchcore' &&
        second.scenario === 'clean',
    )!;
    expect(found!.value).toBe(difference.difference.value);
    expect(found!.adjusted).toBe(difference.adjusted);
    expect(found!.shown).toBe(difference.verdict === 'different');
  });

  test('goes by the interval where nothing was tested', () => {
    const result = reportResult({ analysis: {} });
    const [found] = changesOf(result, 'image_auroc', ...sides);
    const { change } = result.experiments.shift_no_adaptation!.find(
      ({ category, method }) => category === found!.category && method === 'patchcore',
    )!;
    const { low, high } = change!.image_auroc!.interval!;
    expect(found!.adjusted).toBeNull();
    expect(found!.shown).toBe(low > 0 || high < 0);
  });
});
