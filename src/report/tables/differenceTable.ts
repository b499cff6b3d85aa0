/** What the tests say of differences between scenarios. */
import type { Compared, Difference } from '../../result/analysis/statistics.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import { METRIC_TITLES } from '../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../wording/scenarioTitles.ts';
import { numberCell, type Table } from './table.ts';

/** Comparisons that claims are made of come first. */
export function differenceTable(
  text: Pick<Table, 'id' | 'title' | 'note'>,
  differences: readonly Difference[],
): Table {
  const sorted = [...differences].sort((a, b) => Number(b.inFamily) - Number(a.inFamily));
  return {
    ...text,
    columns: [
      ...['Category', 'Metric', 'First', 'Second'].map((title) => ({ title })),
      { title: 'First less second', align: 'right' },
      { title: 'p', align: 'right' },
      { title: 'p, corrected', align: 'right' },
      { title: 'Verdict' },
      { title: 'Images', align: 'right' },
    ],
    rows: sorted.map((own) => [
      own.category,
      METRIC_TITLES[own.metric],
      compared(own.first),
      compared(own.second),
      numberCell(own.difference.value, 3, {
        interval: own.difference.interval,
        ...because(own.difference.value, own.reason),
      }),
      numberCell(own.pValue, 4, because(own.pValue, own.reason)),
      numberCell(own.adjusted, 4, because(own.adjusted, own.reason ?? own.verdict)),
      own.verdict,
      numberCell(own.images.normal + own.images.anomalous, 0),
    ]),
  };
}

/** `PatchCore: shifted, no adaptation`. */
export const compared = ({ method, scenario }: Compared): string =>
  `${METHOD_TITLES[method]}: ${SCENARIO_TITLES[scenario].toLowerCase()}`;

const because = (value: number | null, reason: string | null) =>
  value !== null ? {} : { reason: reason ?? 'not computable' };
