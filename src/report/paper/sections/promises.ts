/** What the conformal threshold promises of false rejects, and what becomes of it. */
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { NONE, paperTable } from '../figures.ts';
import { methodName, name } from '../names.ts';
import { counted, percent } from '../numbers.ts';
import { EMPTY, type Part, textPart } from '../part.ts';
import { type Inserted, NOTHING, type Typst, typst } from '../typst.ts';
import { longTable } from './longTable.ts';

interface Promised {
  readonly category: string;
  readonly method: Method;
  readonly promised: number;
  readonly cells: readonly Inserted[];
  readonly broken: boolean;
}

const CONDITIONS = ['clean', 'shift-none', 'shift-threshold'] as const;
/** A promise is broken beyond chance below this probability. */
const CHANCE = 0.05;

/** The conformal threshold on the model's own score. */
function promisesOf(result: StudyResult): readonly Promised[] {
  return (result.analysis.thresholds ?? []).flatMap(({ category, method, rules }) => {
    const rule = rules.data.find((one) => one.rule === 'conformal' && one.score === 'own');
    const at = (condition: string) => rule?.conditions.find((one) => one.condition === condition);
    const promised = at('clean')?.promised ?? null;
    if (rule === undefined || promised === null) return [];
    const cells = CONDITIONS.map((condition) => {
      const found = at(condition)?.realised;
      if (found === null || found === undefined) return NONE;
      const { count, total } = found.falsePositives;
      const broken = found.chance !== null && found.chance < CHANCE;
      return broken
        ? typst`*${count}\u{202f}/\u{202f}${total}*`
        : typst`${count}\u{202f}/\u{202f}${total}`;
    });
    const chance = at('shift-none')?.realised?.chance ?? null;
    return [{ category, method, promised, cells, broken: chance !== null && chance < CHANCE }];
  });
}

export function promises(result: StudyResult): Typst {
  const all = promisesOf(result);
  if (all.length === 0) return NOTHING;
  const broken = all.filter((one) => one.broken).length;
  const verdict =
    broken === 0
      ? typst`the promise is not shown to be broken under the shift in any of ${counted(all.length, 'case')}`
      : typst`under the shift the promise is broken beyond chance in ${broken} of ${counted(all.length, 'case')}`;
  return typst`The conformal threshold says beforehand how many good parts it may reject (@tab-promises); ${verdict}.`;
}

export function promiseTable(result: StudyResult): Part {
  const all = promisesOf(result);
  if (all.length === 0) return EMPTY;
  const { rows, note } = longTable(all, () => null);
  const categories = [...new Set(rows.map(({ category }) => category))];
  const number = (title: string) => ({ title, align: 'right' as const });
  return textPart(
    paperTable({
      label: 'tab-promises',
      caption: typst`Good test images rejected at the conformal threshold from good validation images alone: of the clean model on clean images, under the shift, and there with the threshold set anew. Bold: more than the promise explains (beta-binomial, $p$ < ${CHANCE}).${note}`,
      columns: [
        { title: 'Category' },
        { title: 'Method' },
        number('Promised'),
        number('Clean'),
        number('Shift'),
        number('anew'),
      ],
      groups: categories.map((category) =>
        rows
          .filter((row) => row.category === category)
          .map((row, i) => [
            i === 0 ? name(category, 14) : '',
            methodName(row.method),
            `≤\u{202f}${percent(row.promised)}`,
            ...row.cells,
          ]),
      ),
    }),
  );
}
