/** What of the analysis's tests belongs to no other chapter, and what all of them come to. */

import { counted } from '../../core/listed.ts';
import type { MacroDifference } from '../../result/analysis/statistics.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Block } from '../report.ts';
import { compared } from '../tables/differenceTable.ts';
import { estimateCell, numberCell, type Table } from '../tables/table.ts';
import { METRIC_TITLES } from '../wording/metricTitles.ts';
import {
  comparesMethods,
  comparesScenarios,
  differenceBlocks,
  statisticsOf,
} from './testedDifferences.ts';

const ELSEWHERE = [
  comparesScenarios('shift-none', 'clean'),
  comparesScenarios('shift-threshold', 'shift-none'),
  comparesScenarios('shift-full', 'shift-none'),
  comparesScenarios('shift-full', 'clean'),
];

export function otherStatistics(result: StudyResult): Block[] {
  return statisticsOf(result).flatMap(({ family, macro, exchangeability, leftOut }) => [
    { kind: 'heading', text: 'All tests together' } as const,
    { kind: 'prose', text: family.sentence } as const,
    ...macroBlocks(macro.data),
    { kind: 'prose', text: exchangeability.sentence } as const,
    ...differenceBlocks(
      result,
      { id: 'other-tests', title: 'Other tests' },
      (own) => !comparesMethods(own) && !ELSEWHERE.some((belongs) => belongs(own)),
    ),
    ...(leftOut.length === 0
      ? []
      : [
          {
            kind: 'prose',
            tone: 'note',
            text: `${counted(leftOut.length, 'declared comparison')} could not be made: ${leftOut[0]!.reason}.`,
          } as const,
        ]),
  ]);
}

function macroBlocks(differences: readonly MacroDifference[]): Block[] {
  const [first] = differences;
  if (first === undefined) return [];
  // Of few categories nothing is said, and a column of that would say it over and over.
  const silent = differences.every(({ byCategory }) => byCategory.pValue === null);
  const why =
    silent && first.byCategory.reason !== null
      ? ` Whether other categories would differ cannot be said: ${first.byCategory.reason}.`
      : '';
  const table: Table = {
    id: 'macro-tests',
    title: 'Differences averaged over categories',
    note: `First less second; n is the number of categories. Intervals and p resample images within these categories${silent ? '' : '; p over categories asks whether others would differ as well'}.${why}`,
    columns: [
      { title: 'Metric' },
      { title: 'First' },
      { title: 'Second' },
      ...['First less second', 'p', ...(silent ? [] : ['p over categories'])].map((title) => ({
        title,
        align: 'right' as const,
      })),
    ],
    rows: differences.map(({ metric, first: one, second, categories, ...own }) => [
      METRIC_TITLES[metric],
      compared(one),
      compared(second),
      estimateCell(own.difference, 3, { n: categories.length }),
      numberCell(own.bootstrap.pValue, 4, { reason: own.bootstrap.reason ?? 'not computable' }),
      ...(silent
        ? []
        : [
            numberCell(own.byCategory.pValue, 4, {
              reason: own.byCategory.reason ?? 'not computable',
            }),
          ]),
    ]),
  };
  return [{ kind: 'table', table }];
}
