/** A table as Markdown (GitHub's tables). */
import { type LaidOutCell, layOutTable, reasonMark } from './layOutTable.ts';
import type { Table } from './table.ts';

/** With its title as a heading before it, its note and the reasons for missing numbers after it. */
export function toMarkdown(table: Table): string {
  const { title, note, columns, rows, reasons } = layOutTable(table);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const text = [
    `### ${escaped(title)}`,
    '',
    line(columns.map((column) => escaped(column.title))),
    line(columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))),
    ...rows.map((row) => line(row.map(cellMarkdown))),
  ];
  if (note !== null) text.push('', escaped(note));
  for (const [at, reason] of reasons.entries()) {
    text.push('', `(${reasonMark(at)}) ${escaped(reason)}`);
  }
  return `${text.join('\n')}\n`;
}

function cellMarkdown({ value, interval, n, reasonAt }: LaidOutCell): string {
  if (reasonAt !== null) return `not computable (${reasonMark(reasonAt)})`;
  const number = escaped(value ?? '');
  const estimate = interval === null ? number : `${number} ${interval}`;
  return n === null ? estimate : `${estimate}, ${n}`;
}

/** On one line, and no character of it means anything to Markdown or HTML. */
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .replace(/[\\`*_[\]<>&|~#$]/g, '\\$&');
