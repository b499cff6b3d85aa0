import { describe, expect, it } from 'vitest';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { blocksOf, expectWellFormed } from '../../../test/support/wellFormed.ts';
import { shiftNone } from './shiftNone.ts';

describe('shiftNone', () => {
  it('shows what changes, false alarms, curves, scores and tests', async () => {
    const chapter = await expectWellFormed(shiftNone(reportInput()));
    const plots = blocksOf(chapter).flatMap((block) =>
      block.kind === 'plot' ? [block.plot.id] : [],
    );
    expect(plots).toEqual([
      ...['shift-none-change', 'shift-none-alarms', 'shift-none-roc'],
      ...['shift-none-scores-patchcore', 'shift-none-scores-padim'],
    ]);
  });

  it('counts losses, and turns specificity into false alarms', async () => {
    const none = scenarioWith({
      scenario: 'shift-none',
      metrics: { image_auroc: estimate(0.7, 0.4, 0.9), specificity: estimate(0.25, 0.1, 0.6) },
      change: { image_auroc: estimate(-0.3, -0.5, -0.1), specificity: estimate(-0.2, -0.4, 0.1) },
    });
    const result = reportResult({
      experiments: { shift_no_adaptation: [none] },
      ...{ analysis: {}, macro: {} },
    });
    const chapter = await expectWellFormed(shiftNone({ result, pictures: NO_PICTURES }));
    expect(chapter.lead).toBe(
      'By its interval a loss of AUROC is shown in 1 of 1 case (category and method), one of specificity, which is more false alarms, in 0.',
    );
    const alarms = blocksOf(chapter).flatMap((block) =>
      block.kind === 'plot' && block.plot.id === 'shift-none-alarms' ? block.plot.rows : [],
    );
    expect(alarms).toEqual([expect.objectContaining({ value: 0.75, low: 0.4, high: 0.9, n: 2 })]);
  });

  it('is empty without a shift', () => {
    expect(shiftNone(reportInput({ experiments: {} }))).toBeNull();
  });
});
