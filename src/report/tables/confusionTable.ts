/** How many images are judged rightly and wrongly, mean over seeds, a category a scenario. */
import type { ScenarioResult } from '../../result/scenario.ts';
import { RULE_TITLES } from '../wording/ruleTitles.ts';
import { numberCell, type Table } from './table.ts';

/** At each threshold of the scenarios: the one they judge with, and that from normal images. */
export function confusionTable(
  text: Pick<Table, 'id' | 'title'>,
  scenarios: readonly ScenarioResult[],
): Table {
  const seeds = Math.max(...scenarios.map(({ runs }) => runs.length));
  return {
    ...text,
    note: `Test images${seeds > 1 ? `, mean over ${seeds} seeds` : ''}.`,
    columns: [
      ...['Category', 'Threshold'].map((title) => ({ title })),
      ...['Flaws found', 'Flaws missed', 'False alarms', 'Good passed'].map((title) => ({
        title,
        align: 'right' as const,
      })),
    ],
    rows: scenarios.flatMap(({ category, runs }) => {
      const first = runs[0];
      if (first === undefined) return [];
      const { chosen, normalOnly } = first.thresholds;
      const kinds = [
        { rule: chosen.rule, counts: runs.map(({ confusion }) => confusion) },
        { rule: normalOnly.rule, counts: runs.map((run) => run.normalOnlyConfusion) },
      ].filter(({ rule }, at) => at === 0 || rule !== chosen.rule);
      return kinds.map(({ rule, counts }) => [
        category,
        RULE_TITLES[rule],
        ...(['tp', 'fn', 'fp', 'tn'] as const).map((key) => {
          const mean = counts.reduce((sum, own) => sum + own[key], 0) / counts.length;
          return numberCell(mean, counts.length > 1 ? 1 : 0);
        }),
      ]);
    }),
  };
}
