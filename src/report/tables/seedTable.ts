/** How far the seeds of a method spread. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { numberCell, type Table } from './table.ts';

/** Null where every scenario has one seed alone: nothing spreads. */
export function seedTable(
  text: Pick<Table, 'id' | 'title'>,
  scenarios: readonly ScenarioResult[],
  metrics: readonly TitledMetric[],
): Table | null {
  const spread = scenarios.filter(({ runs }) => runs.length > 1);
  if (spread.length === 0) return null;
  return {
    ...text,
    note: 'Seeds choose the coreset (PatchCore) or the channels (PaDiM); test images are the same.',
    columns: [
      ...['Category', 'Method', 'Metric'].map((title) => ({ title })),
      ...['Seeds', 'Mean', 'Standard deviation', 'Lowest', 'Highest'].map((title) => ({
        title,
        align: 'right' as const,
      })),
    ],
    rows: spread.flatMap(({ category, method, runs, metrics: estimates }) =>
      metrics.flatMap((metric) => {
        const values = runs.flatMap((run) => run.metrics[metric] ?? []);
        const estimate = estimates[metric];
        if (values.length < 2 || estimate === undefined) return [];
        return [
          [
            category,
            METHOD_TITLES[method],
            METRIC_TITLES[metric],
            numberCell(values.length, 0),
            numberCell(estimate.value),
            numberCell(estimate.deviation),
            numberCell(Math.min(...values)),
            numberCell(Math.max(...values)),
          ],
        ];
      }),
    ),
  };
}
