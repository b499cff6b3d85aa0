/** The differences that claims are made of, and what their tests say. */
import type { Difference } from '../../../result/analysis/statistics.ts';
import type { StudyResult } from '../../../result/result.ts';
import { METRIC_TITLES } from '../../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../../wording/scenarioTitles.ts';
import { differencesOf, type Side } from '../changes.ts';
import { NONE, paperTable } from '../figures.ts';
import { methodName, name } from '../names.ts';
import { pValue, signed } from '../numbers.ts';
import { type Inserted, NOTHING, type Typst, typst } from '../typst.ts';

/** Categories as columns, where so many fit; of more, how many differ. */
const COLUMNS = 5;

export function comparisonTable(result: StudyResult): Typst {
  const family = differencesOf(result).filter(({ inFamily }) => inFamily);
  if (family.length === 0) return NOTHING;
  const categories = [...new Set(family.map(({ category }) => category))];
  const few = categories.length <= COLUMNS;
  const distinct = family.filter((one, i) => family.findIndex((other) => same(one, other)) === i);
  const rows = distinct.map((one): readonly Inserted[] => {
    const own = family.filter((other) => same(one, other));
    const cells = few
      ? categories.map((category) => cell(own.find((other) => other.category === category)))
      : [`${own.filter(({ verdict }) => verdict === 'different').length} of ${own.length}`];
    return [METRIC_TITLES[one.metric], side(one.first), side(one.second), ...cells];
  });
  return paperTable({
    label: 'tab-tests',
    caption: typst`The declared comparisons: first less second, and $p$ after Holm's adjustment for all of them. Bold: a difference is shown.`,
    columns: [
      { title: 'Metric' },
      { title: 'First' },
      { title: 'Second' },
      ...(few
        ? categories.map((category) => ({ title: name(category, 16), align: 'right' as const }))
        : [{ title: 'Categories that differ', align: 'right' as const }]),
    ],
    groups: [rows],
    wide: true,
  });
}

const same = (a: Difference, b: Difference): boolean =>
  a.metric === b.metric && key(a.first) === key(b.first) && key(a.second) === key(b.second);

const key = ({ scenario, method }: Side): string => `${scenario} ${method}`;

const side = ({ scenario, method }: Side): string =>
  `${methodName(method)}: ${SCENARIO_TITLES[scenario].toLowerCase()}`;

function cell(found: Difference | undefined): Inserted {
  const value = found?.difference.value ?? null;
  if (found === undefined || value === null) return NONE;
  const { adjusted, verdict } = found;
  const told = adjusted === null ? signed(value) : typst`${signed(value)}, ${pValue(adjusted)}`;
  return verdict === 'different' ? typst`*${told}*` : told;
}
