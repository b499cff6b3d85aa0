/** The analysis's tests of differences that belong to a chapter. */

import { counted, listed } from '../../core/listed.ts';
import type { Difference, StatisticsResult } from '../../result/analysis/statistics.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Block } from '../report.ts';
import { differenceTable } from '../tables/differenceTable.ts';
import type { Table } from '../tables/table.ts';
import { percent } from '../wording/withInterval.ts';

export const statisticsOf = ({ analysis }: StudyResult): readonly StatisticsResult[] =>
  analysis.statistics ?? [];

export const differencesOf = (result: StudyResult): readonly Difference[] =>
  statisticsOf(result).flatMap(({ differences }) => differences.data);

export const comparesMethods = ({ first, second }: Difference): boolean =>
  first.method !== second.method && first.scenario === second.scenario;

/** Whether a method is compared with itself in two scenarios, in whichever order. */
export const comparesScenarios = (one: string, other: string) => {
  const pair = [one, other].sort().join();
  return ({ first, second }: Difference): boolean =>
    first.method === second.method && [first.scenario, second.scenario].sort().join() === pair;
};

/**
 * Their table, under a sentence of how many differ; empty without any. Of comparisons that were not
 * declared only where none was.
 */
export function differenceBlocks(
  result: StudyResult,
  text: Pick<Table, 'id' | 'title'>,
  belongs: (difference: Difference) => boolean,
): Block[] {
  const all = differencesOf(result).filter(belongs);
  const declared = all.filter(({ inFamily }) => inFamily);
  const found = declared.length === 0 ? all : declared;
  if (found.length === 0) return [];
  const left = all.length - found.length;
  const more =
    left === 0
      ? ''
      : ` ${counted(left, 'comparison')} that no claim is made of ${left === 1 ? 'is' : 'are'} in the result document.`;
  const { level = 0.05, family } = statisticsOf(result)[0] ?? {};
  const note = `Tests on the same images; p is the larger of the permutation test's and the bootstrap's, corrected by Holm's method for the ${family?.tests ?? 0} tests that claims are made of; level ${percent(level)}.${more}`;
  return [
    { kind: 'prose', text: verdictsSentence(found) },
    { kind: 'table', table: differenceTable({ ...text, note }, found) },
  ];
}

function verdictsSentence(found: readonly Difference[]): string {
  const family = found.filter(({ inFamily }) => inFamily);
  if (family.length === 0) {
    return 'None of these comparisons was declared beforehand, so no difference is called real.';
  }
  const different = family.filter(({ verdict }) => verdict === 'different');
  const few = family.filter(({ verdict }) => verdict === 'too few to test').length;
  const where = [...new Set(different.map(({ category }) => category))];
  const shown =
    different.length === 0
      ? 'none shows a difference'
      : `${different.length} ${different.length === 1 ? 'shows' : 'show'} a difference (${listed(where)})`;
  const untested = few === 0 ? '' : `; ${few} had too few images`;
  return `Of ${counted(family.length, 'comparison')} declared beforehand, ${shown} after correction for all tests of the study${untested}.`;
}
