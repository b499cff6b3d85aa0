import { describe, expect, test } from 'vitest';
import { reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { drawPlot } from '../plots/drawPlot.ts';
import { PAPER_THEME } from '../plots/plotTheme.ts';
import type { Chapter } from '../report.ts';
import { duration, efficiency } from './efficiency.ts';

const plotsOf = ({ blocks }: Chapter) =>
  blocks.flatMap((block) => (block.kind === 'plot' ? [block.plot] : []));
const tablesOf = ({ blocks }: Chapter) =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []));

describe('efficiency', () => {
  test('tells what an image takes, and shows steps, coresets and stages', async () => {
    const chapter = efficiency(reportInput())!;
    expect(chapter.lead).toMatch(
      /takes \d+( to \d+)? ms with PatchCore .* and \d+.* ms with PaDiM/,
    );
    const plots = plotsOf(chapter);
    expect(plots.map(({ id }) => id)).toEqual(['latency-steps', 'coreset-trade', 'job-times']);
    for (const plot of plots) expect(await drawPlot(plot, PAPER_THEME)).not.toContain('NaN');
    expect(tablesOf(chapter).map(({ id }) => id)).toEqual([
      'step-times',
      'latency-model',
      'model-sizes',
      'stage-times',
    ]);
    const result = reportResult();
    const { analysis } = result.measured as {
      analysis: { efficiency: { inspect: { p50: number } }[] };
    };
    expect(tablesOf(chapter)[1]!.rows[0]![2]).toMatchObject({
      value: analysis.efficiency[0]!.inspect.p50,
    });
  });

  test('without timings draws accuracy against rows, and tells the work of the jobs', () => {
    const jobs = [
      { id: 'fit/nut/clean/padim', seconds: 60, peakBytes: 5e6, bytes: 1e6 },
      { id: 'fit/nut/shift/padim', seconds: 30, peakBytes: 7e6, bytes: 1e6 },
      { id: 'analysis/errors/nut', seconds: 10, peakBytes: 1e6, bytes: 10 },
    ];
    const chapter = efficiency(reportInput({ measured: { jobs } }))!;
    expect(chapter.lead).toContain(
      'took 100 s of work together; the time of a single image was not',
    );
    expect(plotsOf(chapter)[0]!.title).toBe('Accuracy against rows of the bank');
    const stages = tablesOf(chapter).at(-1)!.rows;
    expect(stages[0]).toMatchObject([
      'fit',
      { value: 2 },
      { value: 90 },
      { value: 7 },
      { value: 2 },
    ]);
    expect(stages[1]![0]).toBe('analysis: errors');
  });

  test('is left out where nothing is known', () => {
    expect(efficiency(reportInput({ measured: null, analysis: {} }))).toBeNull();
    expect(efficiency(reportInput({ measured: { jobs: 'none' }, analysis: {} }))).toBeNull();
  });
});

test('duration', () => {
  expect([75, 720, 8640].map(duration)).toEqual(['75 s', '12 minutes', '2.4 hours']);
});
