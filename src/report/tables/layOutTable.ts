/** A table ready to be written down: what all cells of a column share is said once. */
import { type CellText, cellText, isNumber } from './formatCell.ts';
import type { Cell, Table } from './table.ts';

export interface LaidOutTable {
  readonly title: string;
  readonly note: string | null;
  readonly columns: readonly {
    /** With `(n = 20)` where all numbers of the column are computed on as many things. */
    readonly title: string;
    readonly align: 'left' | 'right';
  }[];
  readonly rows: readonly (readonly LaidOutCell[])[];
  /** Why numbers are missing, each reason once. */
  readonly reasons: readonly string[];
}

export interface LaidOutCell extends CellText {
  /** Place of the reason in the table's `reasons`, from 0. */
  readonly reasonAt: number | null;
}

export function layOutTable(table: Table): LaidOutTable {
  const { title, note, columns, rows } = table;
  const aligns = columnAligns(table);
  const shared = columns.map((_, at) => sharedCount(rows.map((row) => row[at])));
  const reasons: string[] = [];
  const place = (reason: string | null): number | null => {
    if (reason === null) return null;
    if (!reasons.includes(reason)) reasons.push(reason);
    return reasons.indexOf(reason);
  };
  const laidOut = rows.map((row) =>
    row.map((cell, at) => {
      const text = cellText(cell);
      const n = shared[at] == null ? text.n : null;
      return { ...text, n, reasonAt: place(text.reason) };
    }),
  );
  return {
    title,
    note: note ?? null,
    columns: columns.map(({ title: name }, at) => ({
      title: shared[at] == null ? name : `${name} (n = ${shared[at]})`,
      align: aligns[at]!,
    })),
    rows: laidOut,
    reasons,
  };
}

/** Columns with numbers align at the right, unless told otherwise. */
export const columnAligns = ({ columns, rows }: Table): readonly ('left' | 'right')[] =>
  columns.map(({ align }, at) => {
    const numbers = rows.some((row) => row[at] !== undefined && isNumber(row[at]));
    return align ?? (numbers ? 'right' : 'left');
  });

/** Letters that stand for reasons: `a`, ..., `z`, `aa`. */
export function reasonMark(at: number): string {
  const last = String.fromCharCode(97 + (at % 26));
  return at < 26 ? last : `${reasonMark(Math.floor(at / 26) - 1)}${last}`;
}

/** What all numbers of a column with a value are computed on; null where they differ. */
function sharedCount(cells: readonly (Cell | undefined)[]): number | null {
  const counts = cells.flatMap((cell) =>
    cell !== undefined && isNumber(cell) && cell.value !== null ? [cell.n] : [],
  );
  const [first] = counts;
  const same = counts.length > 1 && counts.every((count) => count === first);
  return same ? (first ?? null) : null;
}
