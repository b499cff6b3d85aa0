import { describe, expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import type { Difference } from '../../result/analysis/statistics.ts';
import { comparesMethods, comparesScenarios, differenceBlocks } from './testedDifferences.ts';

const { statistics } = reportResult().analysis;
const [sample] = statistics![0]!.differences.data;

/** A study whose tests are these. */
const tested = (...own: readonly Partial<Difference>[]) => {
  const data = own.map((part) => ({ ...sample!, inFamily: true, ...part }));
  const [first] = statistics!;
  const differences = { ...first!.differences, data };
  return reportResult({ analysis: { statistics: [{ ...first!, differences }] } });
};

const blocks = (...own: readonly Partial<Difference>[]) =>
  differenceBlocks(tested(...own), { id: 'tests', title: 'Tests' }, () => true);

describe('differenceBlocks', () => {
  it('counts what is shown, and where', () => {
    const [sentence] = blocks(
      { category: 'nut', verdict: 'different' },
      { category: 'bolt', verdict: 'no difference shown' },
      { category: 'cap', verdict: 'too few to test' },
    );
    expect(sentence).toEqual({
      kind: 'prose',
      text: 'Of 3 comparisons declared beforehand, 1 shows a difference (nut) after correction for all tests of the study; 1 had too few images.',
    });
  });

  it('leaves out what no claim is made of, and says so', () => {
    const [, table] = blocks({ verdict: 'different' }, { inFamily: false }, { inFamily: false });
    expect(table?.kind === 'table' && table.table.rows).toHaveLength(1);
    expect(table?.kind === 'table' && table.table.note).toMatch(/2 comparisons that no claim/);
  });

  it('calls nothing real that was not declared', () => {
    const [sentence, table] = blocks({ inFamily: false, verdict: 'not in the family' });
    expect(sentence).toMatchObject({ text: expect.stringMatching(/^None of these comparisons/) });
    expect(table?.kind === 'table' && table.table.rows).toHaveLength(1);
    expect(blocks()).toEqual([]);
  });
});

describe('what is compared', () => {
  const side = (scenario: string, method: string) => ({ ...sample!.first, scenario, method });
  const pair = (a: ReturnType<typeof side>, b: ReturnType<typeof side>) =>
    ({ ...sample!, first: a, second: b }) as Difference;

  it('is methods in one scenario, or scenarios of one method, in whichever order', () => {
    const methods = pair(side('clean', 'padim'), side('clean', 'patchcore'));
    const scenarios = pair(side('shift-none', 'padim'), side('clean', 'padim'));
    expect([methods, scenarios].map(comparesMethods)).toEqual([true, false]);
    const cost = comparesScenarios('clean', 'shift-none');
    expect([methods, scenarios].map(cost)).toEqual([false, true]);
  });
});
