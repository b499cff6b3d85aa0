import { describe, expect, it } from 'vitest';
import { reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { estimate } from '../../../test/support/scenarioWith.ts';
import { blocksOf, expectWellFormed } from '../../../test/support/wellFormed.ts';
import { globalModel } from './globalModel.ts';

describe('globalModel', () => {
  it('shows changes, routing and inflation', async () => {
    const chapter = await expectWellFormed(globalModel(reportInput()));
    const ids = blocksOf(chapter).flatMap((block) =>
      block.kind === 'plot' ? [block.plot.id] : block.kind === 'table' ? [block.table.id] : [],
    );
    expect(ids).toEqual([
      ...['global-change', 'global-results'],
      ...['global-routing-patchcore', 'global-inflation-padim'],
    ]);
  });

  it('turns losses into changes', () => {
    const [model] = reportResult().experiments.global!;
    const [category] = model!.categories;
    const loss = {
      pooled: { balanced_accuracy: estimate(0.2, 0.1, 0.3) },
      own: { image_auroc: estimate(0, -0.1, 0.1) },
    };
    const global = [{ ...model!, categories: [{ ...category!, loss }] }];
    const chapter = globalModel(reportInput({ experiments: { global } }))!;
    expect(chapter.lead).toBe(
      'PatchCore: one model for all is shown to lose AUROC in 0 of 1 category, balanced accuracy in 1 under the pooled threshold and in 0 under thresholds of their own.',
    );
    const plot = blocksOf(chapter).find((block) => block.kind === 'plot')!;
    expect(plot.kind === 'plot' && plot.plot.rows).toEqual([
      expect.objectContaining({ panel: 'Image AUROC', value: 0, low: -0.1, high: 0.1 }),
      expect.objectContaining({ value: -0.2, low: -0.3, high: -0.1 }),
    ]);
  });

  it('is empty without global models', () => {
    expect(globalModel(reportInput({ experiments: {} }))).toBeNull();
  });
});
