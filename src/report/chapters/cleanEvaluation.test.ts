import { describe, expect, it } from 'vitest';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { scenarioWith } from '../../../test/support/scenarioWith.ts';
import { blocksOf, expectWellFormed } from '../../../test/support/wellFormed.ts';
import { cleanEvaluation } from './cleanEvaluation.ts';

describe('cleanEvaluation', () => {
  it('compares the methods, and hands over scores and pictures', async () => {
    const chapter = await expectWellFormed(cleanEvaluation(reportInput()));
    const blocks = blocksOf(chapter);
    const plots = blocks.flatMap((block) => (block.kind === 'plot' ? [block.plot.id] : []));
    expect(plots).toEqual(['clean-methods', 'image-pixel-auroc', 'clean-differences']);
    const explorer = blocks.find((block) => block.kind === 'threshold');
    // Two categories, two methods, four scenarios, the first seed of each.
    expect(explorer?.kind === 'threshold' && explorer.sets).toHaveLength(16);
    expect(blocks.some(({ kind }) => kind === 'gallery')).toBe(true);
  });

  it('leaves out what there is nothing of', async () => {
    const result = reportResult({
      experiments: { clean: [scenarioWith()] },
      ...{ analysis: {}, macro: {} },
    });
    const chapter = await expectWellFormed(cleanEvaluation({ result, pictures: NO_PICTURES }));
    expect(blocksOf(chapter).map(({ kind }) => kind)).toEqual(['plot', 'threshold']);
    expect(chapter.lead).toBe('Whether the methods differ was not declared as a test.');
  });

  it('is empty without clean images', () => {
    expect(cleanEvaluation(reportInput({ experiments: {} }))).toBeNull();
  });
});
