/** A table as CSV: numbers in full, with their bounds, counts and reasons in columns of their own. */
import { type CsvCell, csvText } from '../../core/csv.ts';
import { isNumber } from './formatCell.ts';
import type { Cell, NumberCell, Table } from './table.ts';

/** What a number brings along; a column appears where any of its cells has it. */
const PARTS: readonly (readonly [suffix: string, of: (cell: NumberCell) => CsvCell])[] = [
  ['low', ({ interval }) => interval?.low ?? null],
  ['high', ({ interval }) => interval?.high ?? null],
  ['n', ({ n }) => n ?? null],
  ['unit', ({ unit }) => unit ?? null],
  ['not computable', ({ value, reason }) => (value === null ? (reason ?? 'not defined') : null)],
];

export function toCsv({ columns, rows }: Table): string {
  const written = columns.flatMap(({ title }, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    const parts = PARTS.map(([suffix, of]) => ({
      title: `${title} ${suffix}`,
      values: cells.map((cell) => (isNumber(cell) ? of(cell) : null)),
    }));
    return [
      { title, values: cells.map(valueIn) },
      ...parts.filter(({ values }) => values.some((value) => value !== null)),
    ];
  });
  return csvText([
    written.map(({ title }) => title),
    ...rows.map((_, row) => written.map(({ values }) => values[row] ?? null)),
  ]);
}

const valueIn = (cell: Cell): CsvCell => {
  if (!isNumber(cell)) return cell;
  return cell.value !== null && Number.isFinite(cell.value) ? cell.value : null;
};
