/** Metrics of scenarios, one scenario a row. */

import type { ScenarioResult } from '../../result/scenario.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { estimateCell, numberCell, type Table } from './table.ts';

export interface ScenarioRow {
  /** What stands at the left: its category, method or scenario. */
  readonly labels: readonly string[];
  readonly scenario: ScenarioResult;
}

const PIXEL: readonly TitledMetric[] = ['pixel_auroc', 'pixel_average_precision', 'pro'];

/** @param titles of the labels; metrics that no scenario has are left out */
export function scenarioTable(
  text: Pick<Table, 'id' | 'title' | 'note'>,
  titles: readonly string[],
  rows: readonly ScenarioRow[],
  metrics: readonly TitledMetric[],
): Table {
  const shown = metrics.filter((metric) =>
    rows.some(({ scenario }) => (scenario.metrics[metric]?.value ?? null) !== null),
  );
  const pixels = shown.some((metric) => PIXEL.includes(metric));
  return {
    ...text,
    columns: [
      ...titles.map((title) => ({ title })),
      ...shown.map((metric) => ({ title: METRIC_TITLES[metric], align: 'right' as const })),
      ...['Normal images', 'Anomalous images', ...(pixels ? ['With known pixels'] : [])].map(
        (title) => ({ title, align: 'right' as const }),
      ),
    ],
    rows: rows.map(({ labels, scenario: { metrics: values, notComputable, counts } }) => [
      ...labels,
      ...shown.map((metric) => {
        const reason = notComputable[metric];
        return estimateCell(values[metric], 3, reason === undefined ? {} : { reason });
      }),
      numberCell(counts.test.normal, 0),
      numberCell(counts.test.anomalous, 0),
      ...(pixels ? [numberCell(counts.pixelImages, 0)] : []),
    ]),
  };
}
