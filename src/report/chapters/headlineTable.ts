/** The study in one table: categories, methods and scenarios. */
import type { Estimates } from '../../result/estimate.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import { type Method, SCENARIOS } from '../../result/scenario.ts';
import { mostPictures } from '../answer/mostPictures.ts';
import { confidenceOf, methodsOf, scenarioOf, scenariosOf } from '../answer/scenarioOf.ts';
import { type Cell, estimateCell, numberCell, type Table } from '../tables/table.ts';
import { METRIC_TITLES, type TitledMetric } from '../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../wording/scenarioTitles.ts';
import { percent } from '../wording/withInterval.ts';

const METRICS: readonly TitledMetric[] = ['image_auroc', 'f1', 'specificity'];

export function headlineTable(result: StudyResult): Table {
  const confidence = percent(confidenceOf(scenariosOf(result, 'clean')));
  const ladder =
    result.experiments.adaptation_ladder === undefined
      ? ''
      : ' Lamps are one draw of the shift for all images, the numbers means over them, at a threshold from normal images alone.';
  return {
    id: 'headline',
    title: 'The study at a glance',
    note: `Intervals of ${confidence} are over test images, values means over seeds; F1 and specificity at the threshold that the scenario judges with.${ladder}`,
    columns: [
      ...['Category', 'Method', 'Scenario'].map((title) => ({ title })),
      ...METRICS.map((metric) => ({ title: METRIC_TITLES[metric], align: 'right' as const })),
      { title: 'Normal', align: 'right' },
      { title: 'Anomalous', align: 'right' },
    ],
    rows: result.categories.flatMap(({ name }) =>
      methodsOf(result).flatMap((method) => methodRows(result, name, method)),
    ),
  };
}

function methodRows(result: StudyResult, category: string, method: Method): Cell[][] {
  const head = [category, METHOD_TITLES[method]];
  const cells = (metrics: Estimates, reasons: Readonly<Record<string, string>> = {}) =>
    METRICS.map((metric) => {
      const reason = reasons[metric];
      return estimateCell(metrics[metric], 3, reason === undefined ? {} : { reason });
    });
  const scenarios = SCENARIOS.flatMap((name) => scenarioOf(result, name, category, method) ?? []);
  const test = scenarios[0]?.counts.test;
  const counts =
    test === undefined ? ['', ''] : [test.normal, test.anomalous].map((n) => numberCell(n, 0));
  const ladder = result.experiments.adaptation_ladder?.find(
    (own) => own.category === category && own.method === method,
  );
  const most = ladder === undefined ? undefined : mostPictures(ladder);
  return [
    ...scenarios.map(({ scenario, metrics, notComputable }) => [
      ...head,
      SCENARIO_TITLES[scenario],
      ...cells(metrics, notComputable),
      ...counts,
    ]),
    ...(ladder === undefined
      ? []
      : [[...head, 'New lamps, no adaptation', ...cells(ladder.none), ...counts]]),
    ...(most === undefined
      ? []
      : [[...head, `New lamps, ${most.pictures} pictures`, ...cells(most.metrics), ...counts]]),
  ];
}
