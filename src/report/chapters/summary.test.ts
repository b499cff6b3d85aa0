import { describe, expect, it } from 'vitest';
import { HOSTILE_NAME } from '../../../test/support/drawn.ts';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { estimate, scenarioWith } from '../../../test/support/scenarioWith.ts';
import { blocksOf, expectWellFormed } from '../../../test/support/wellFormed.ts';
import { summary } from './summary.ts';

describe('summary', () => {
  it('has a verdict for each category, the headline and two charts', async () => {
    const chapter = await expectWellFormed(summary(reportInput()));
    const blocks = blocksOf(chapter);
    const verdicts = blocks.flatMap((block) => (block.kind === 'verdicts' ? block.verdicts : []));
    expect(verdicts.map(({ subject }) => subject)).toEqual(['hazelnut', 'zipper']);
    expect(blocks.filter(({ kind }) => kind === 'plot')).toHaveLength(2);
    const headline = blocks.find((block) => block.kind === 'table')!;
    // Four scenarios and two of the ladder, for each of two methods and categories.
    expect(headline.kind === 'table' && headline.table.rows).toHaveLength(24);
    expect(chapter.lead).toMatch(
      /^Of 2 categories, 1 cannot be relied on as it is and 1 is not known well enough\. Mean image/,
    );
  });

  it('counts verdicts in its lead', () => {
    const clean = [0.95, 0.95, 0.4].map((low, at) =>
      scenarioWith({ category: `c${at}`, metrics: { image_auroc: estimate(0.97, low, 1) } }),
    );
    const result = reportResult({ experiments: { clean }, analysis: {}, macro: {} });
    const categories = clean.map(({ category }) => ({ ...result.categories[0]!, name: category }));
    const chapter = summary({ result: { ...result, categories }, pictures: NO_PICTURES });
    expect(chapter?.lead).toBe(
      'Of 3 categories, 2 can be relied on as they are and 1 is not known well enough.',
    );
  });

  it('survives one category of any name with clean images alone', async () => {
    const result = reportResult({
      experiments: { clean: [scenarioWith({ category: HOSTILE_NAME })] },
      ...{ analysis: {}, macro: {}, shift: [] },
    });
    const categories = [{ ...result.categories[0]!, name: HOSTILE_NAME }];
    await expectWellFormed(summary({ result: { ...result, categories }, pictures: NO_PICTURES }));
  });

  it('is empty without clean images', () => {
    expect(summary(reportInput({ experiments: {} }))).toBeNull();
  });
});
