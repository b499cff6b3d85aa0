import { describe, expect, test } from 'vitest';
import { chapterContent } from '../../../test/support/chapterContent.ts';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { expectWellFormed } from '../../../test/support/wellFormed.ts';
import { formatCell } from '../tables/formatCell.ts';
import { operation } from './operation.ts';

describe('the chapter on use', () => {
  const input = reportInput();
  const chapter = operation(input)!;

  test('is well formed', () => expectWellFormed(chapter), 30_000);

  test('sets what was realised beside what was promised', () => {
    const { plots, tables } = chapterContent(chapter);
    const [part] = input.result.analysis.thresholds!;
    const rule = part!.rules.data.find(
      ({ rule: name, score }) => name === 'conformal' && score === 'own',
    )!;
    const [clean] = rule.conditions;
    const { value, total } = clean!.realised!.falsePositives;
    expect(plots.find(({ id }) => id === 'promises-0')!.rows).toContainEqual(
      expect.objectContaining({
        ...{ panel: 'clean', label: 'conformal', method: 'PatchCore', n: total, value },
        promised: clean!.promised,
      }),
    );
    const row = tables
      .find(({ id }) => id === 'threshold-rules-0')!
      .rows.find(
        (cells) => cells.slice(0, 4).join() === "PatchCore,conformal,the model's own,clean",
      )!;
    expect(formatCell(row[5]!)).toBe(`${(100 * clean!.promised!).toFixed(1)}%`);
    expect(formatCell(row[6]!)).toMatch(
      new RegExp(`^${(100 * value!).toFixed(1)}% .*, n = ${total}$`),
    );
  });

  test('tells a day under each threshold, and when changes are noticed', () => {
    const { tables } = chapterContent(chapter);
    const day = tables.find(({ id }) => id === 'day-0')!;
    const { conditions } = input.result.analysis.plant![0]!;
    const cost = conditions[0]!.report.data.thresholds[0]!.cost!;
    expect(formatCell(day.rows[0]![6]!)).toContain(cost.value.toFixed(0));
    const delays = tables.find(({ id }) => id === 'drift-delays-0')!;
    expect(delays.rows.map((row) => row.slice(0, 2).join(' '))).toEqual([
      ...['illumination mild', 'illumination severe'],
    ]);
  });

  test('is told with any of its parts, and not without all', async () => {
    const { thresholds, plant, drift } = input.result.analysis;
    const parts = [{ thresholds: thresholds! }, { plant: plant! }, { drift: drift! }];
    for (const analysis of parts) {
      await expectWellFormed(
        operation({ result: reportResult({ analysis }), pictures: NO_PICTURES })!,
      );
    }
    const none = { result: reportResult({ analysis: {} }), pictures: NO_PICTURES };
    expect(operation(none)).toBeNull();
  }, 30_000);
});
