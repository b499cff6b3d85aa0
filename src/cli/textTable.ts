/** Tables for the terminal. */

export type Cell = string | number;

/**
 * Lines of aligned columns, two spaces apart. A column whose cells are all numbers (or empty) is
 * aligned to the right, its heading too. Numbers are shown as they are: round them before.
 */
export function textTable(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const columns = headers.map((header, column) => {
    const cells = rows.map((row) => String(row[column] ?? ''));
    return {
      width: Math.max(...[header, ...cells].map(widthOf)),
      toRight: cells.some((cell) => cell !== '') && cells.every(isNumeric),
    };
  });
  const line = (cells: readonly Cell[]) =>
    columns
      .map(({ width, toRight }, column) => {
        const cell = String(cells[column] ?? '');
        const space = ' '.repeat(width - widthOf(cell));
        return toRight ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [headers, ...rows].map(line).join('\n');
}

/** A dash stands for a number that is not there. */
const isNumeric = (cell: string) => cell === '' || /^(-|[-+]?\d[\d,.]*(e[-+]?\d+)?%?)$/i.test(cell);

const widthOf = (text: string) => [...text].length;
