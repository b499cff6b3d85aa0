/** What is in a data set and what is wrong with it, for people. */
import type { Problem, ProblemKind } from '../../data/problem.ts';
import type { DatasetReport } from '../../data/verifyDataset.ts';
import type { CommandContext } from '../command.ts';
import { textTable } from '../textTable.ts';
import { wrapText } from './wrapText.ts';

/** Problems of one kind that are told one by one. */
const SHOWN = 10;

export function describeDataset(
  { categories, problems, ok }: DatasetReport,
  paint: CommandContext['paint'],
): string {
  const table = textTable(
    ['category', 'train', 'test good', 'test defective', 'masks', 'counts of MVTec AD'],
    categories.map(({ name, counts: { train, test, masks }, published }) => {
      const { good = 0, ...defects } = test;
      const defective = Object.values(defects).reduce((sum, count) => sum + count, 0);
      return [name, train, good, defective, masks, published === 'unknown' ? '-' : published];
    }),
  );
  const kinds = [...new Set([...errorsFirst(problems)].map(({ kind }) => kind))];
  const lists = kinds.map((kind) => describeKind(kind, problems, paint));
  return [table, ...lists, summary(problems, ok)].join('\n\n');
}

const errorsFirst = (problems: readonly Problem[]) =>
  [...problems].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));

function describeKind(
  kind: ProblemKind,
  problems: readonly Problem[],
  paint: CommandContext['paint'],
): string {
  const same = problems.filter((problem) => problem.kind === kind);
  const lines = same.slice(0, SHOWN).map(({ severity, message, remedy }) => {
    const label = paint(severity === 'error' ? 'red' : 'yellow', severity);
    return `${label}: ${wrapText(message, 2)}\n  to do: ${wrapText(remedy, 2)}`;
  });
  if (same.length > SHOWN) lines.push(`... and ${same.length - SHOWN} more such; --json has all`);
  return lines.join('\n');
}

function summary(problems: readonly Problem[], ok: boolean): string {
  if (problems.length === 0) return 'No problems.';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return ok ? `No errors, warnings: ${warnings}` : `Errors: ${errors}, warnings: ${warnings}`;
}
