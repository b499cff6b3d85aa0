import { describe, expect, test } from 'vitest';
import { chapterContent } from '../../../test/support/chapterContent.ts';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { expectWellFormed } from '../../../test/support/wellFormed.ts';
import { formatCell } from '../tables/formatCell.ts';
import { ablations } from './ablations.ts';

describe('chapter 10', () => {
  const input = reportInput();
  const chapter = ablations(input)!;

  test('is well formed', () => expectWellFormed(chapter), 30_000);

  test('draws choices, severities, false alarms, ranking and matrices for each category', () => {
    const { plots } = chapterContent(chapter);
    const kinds = ['choices', 'severity', 'false-alarms', 'ranking', 'cross-shift'];
    expect(plots.map(({ id }) => id).sort()).toEqual(
      kinds.flatMap((kind) => [`${kind}-0`, `${kind}-1`]).sort(),
    );
  });

  test('shows every level with its change on the same images', () => {
    const { tables } = chapterContent(chapter);
    const table = tables.find(({ id }) => id === 'choice-levels-0')!;
    const { factors } = input.result.analysis.ablation![0]!;
    const levels = factors.reduce((sum, { chart }) => sum + chart.data.length, 0);
    expect(table.rows.filter(([method]) => method === 'PatchCore')).toHaveLength(levels);
    const own = table.rows.filter((row) => String(row[2]).endsWith('(own)'));
    expect(own.map((row) => row[6])).toEqual(own.map(() => ''));
    expect(table.note).toContain('on the same 11 test images');
    const other = table.rows.find((row) => row[6] !== '')!;
    expect(formatCell(other[6]!)).toMatch(/^−?\d\.\d{3} \[−?\d\.\d{3}, −?\d\.\d{3}\]$/);
  });

  test('uses the sentences of the analysis', () => {
    const { texts } = chapterContent(chapter);
    const { ranking, degradation } = input.result.analysis.robustness![0]!;
    for (const { sentence } of [ranking, degradation]) {
      expect(texts.some((text) => text.includes(sentence))).toBe(true);
    }
  });

  test('names a choice that costs something in its own words, the others together', () => {
    const { result } = reportInput();
    const chart = result.analysis.ablation![0]!.factors[0]!.chart;
    const level = chart.data.find(({ base }) => !base)!;
    level.change!.image_auroc!.interval!.high = -0.01;
    level.change!.image_auroc!.interval!.low = -0.2;
    const { plots } = chapterContent(ablations({ result, pictures: NO_PICTURES })!);
    const { sentence } = plots.find(({ id }) => id === 'choices-0')!;
    expect(sentence).toContain(`PatchCore: ${chart.sentence}`);
    expect(sentence).toMatch(/For PatchCore no difference in image AUROC is shown by: /);
  });

  test('is told without one of its parts, and not without both', async () => {
    const { ablation, robustness } = input.result.analysis;
    for (const analysis of [{ ablation: ablation! }, { robustness: robustness! }]) {
      await expectWellFormed(
        ablations({ result: reportResult({ analysis }), pictures: NO_PICTURES })!,
      );
    }
    const none = { result: reportResult({ analysis: {} }), pictures: NO_PICTURES };
    expect(ablations(none)).toBeNull();
  }, 30_000);
});
