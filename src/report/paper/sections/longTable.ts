/** Tables that do not grow with the number of categories: the mean, and the worst of many. */
import { type Typst, typst } from '../typst.ts';

/** Rows are shown of so many categories; of more, those of the lowest values. */
const MOST = 6;
const WORST = 4;

export interface LongTable<T> {
  readonly rows: readonly T[];
  /** For the caption: what was left out. */
  readonly note: Typst | string;
}

/**
 * @param of what rows are ordered by when there are too many; by the lowest of a category
 * @returns all rows, or those of the categories with the lowest values, in the order given
 */
export function longTable<T extends { readonly category: string }>(
  rows: readonly T[],
  of: (row: T) => number | null,
): LongTable<T> {
  const categories = [...new Set(rows.map(({ category }) => category))];
  if (categories.length <= MOST) return { rows, note: '' };
  const lowest = (category: string) =>
    Math.min(...rows.filter((row) => row.category === category).map((row) => of(row) ?? Infinity));
  const worst = categories.toSorted((a, b) => lowest(a) - lowest(b)).slice(0, WORST);
  return {
    rows: rows.filter(({ category }) => worst.includes(category)),
    note: typst` Of ${categories.length} categories the ${WORST} of lowest AUROC are shown; the tables beside this paper have all.`,
  };
}
