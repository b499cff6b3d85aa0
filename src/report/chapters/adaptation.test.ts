import { describe, expect, it } from 'vitest';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { blocksOf, expectWellFormed } from '../../../test/support/wellFormed.ts';
import { adaptation } from './adaptation.ts';

const full = scenarioWith({
  scenario: 'shift-full',
  recovery: {
    image_auroc: {
      ...{ value: 0.9, reason: null },
      interval: { low: 0.5, high: 3, confidence: 0.95, method: 'percentile' },
    },
    specificity: { value: null, reason: 'nothing is lost', interval: null },
  },
  metrics: { image_auroc: estimate(0.9, 0.5, 1) },
});

describe('adaptation', () => {
  it('has tables of what is adapted and the ladder', async () => {
    const chapter = await expectWellFormed(adaptation(reportInput()));
    const ids = blocksOf(chapter).flatMap((block) =>
      block.kind === 'plot' ? [block.plot.id] : block.kind === 'table' ? [block.table.id] : [],
    );
    expect(ids).toEqual(
      expect.arrayContaining([
        ...[
          'adaptation-results',
          'recovery-shares',
          'ladder-enough',
          'ladder-rungs-1',
          'ladder-rungs-2',
        ],
        ...['ladder-image-auroc', 'ladder-balanced-accuracy', 'ladder-specificity'],
      ]),
    );
  });

  it('shows recoveries within bounds, and says why there is none', async () => {
    const result = reportResult({
      experiments: { shift_with_adaptation: [full] },
      ...{ analysis: {}, macro: {} },
    });
    const chapter = await expectWellFormed(adaptation({ result, pictures: NO_PICTURES }));
    expect(chapter.lead).toBe('It is shown to regain AUROC in 1 of 1 case.');
    const blocks = blocksOf(chapter);
    const plot = blocks.find((block) => block.kind === 'plot')!;
    expect(plot.kind === 'plot' && plot.plot.rows).toEqual([
      expect.objectContaining({ label: 'nut, fitted anew', value: 0.9, low: 0.5, high: 1.5 }),
    ]);
    const table = blocks.flatMap((block) =>
      block.kind === 'table' && block.table.id === 'recovery-shares' ? block.table.rows : [],
    );
    expect(table).toEqual([
      [
        ...['nut', 'PatchCore', 'Shifted, fitted anew'],
        { value: 90, digits: 0, interval: { low: 50, high: 300 } },
        { value: null, digits: 0, reason: 'nothing is lost' },
      ],
    ]);
  });

  it('can be the ladder alone, or empty', async () => {
    const { adaptation_ladder } = reportResult().experiments;
    const ladder = { adaptation_ladder: adaptation_ladder! };
    const chapter = await expectWellFormed(
      adaptation(reportInput({ experiments: ladder, macro: {} })),
    );
    expect(chapter.lead).toBe(
      'What new lamps cost is not shown, so that nothing can be said to be regained.',
    );
    expect(adaptation(reportInput({ experiments: {} }))).toBeNull();
  });
});
