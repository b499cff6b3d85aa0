/** A table as LaTeX (booktabs). */
import { escapeLatex, latexNeeds } from './escapeLatex.ts';
import { type LaidOutCell, type LaidOutTable, layOutTable, reasonMark } from './layOutTable.ts';
import type { Table } from './table.ts';

/** Text of more characters is broken into lines. */
const LONG_TEXT = 40;

/** A float with caption, label, note and the reasons for missing numbers. */
export function toLatex(table: Table): string {
  const laidOut = layOutTable(table);
  const { title, note, columns, rows, reasons } = laidOut;
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  const notes = [
    ...(note === null ? [] : [escapeLatex(note)]),
    ...reasons.map((reason, at) => `$^{\\mathrm{${reasonMark(at)}}}$~${escapeLatex(reason)}`),
  ];
  const text = [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(title)}}`,
    `  \\label{tab:${table.id.replace(/[^A-Za-z0-9-]/g, '-')}}`,
    `  \\begin{tabular}{${columns.map((_, at) => columnType(laidOut, at)).join('')}}`,
    '    \\toprule',
    line(columns.map((column) => escapeLatex(column.title))),
    '    \\midrule',
    ...rows.map((row) => line(row.map(cellLatex))),
    '    \\bottomrule',
    '  \\end{tabular}',
    ...notes.map((own) => `  \\par\\smallskip\\parbox{\\linewidth}{\\footnotesize ${own}}`),
    '\\end{table}',
  ].join('\n');
  const needs = ['\\usepackage{booktabs}', ...latexNeeds(text)];
  return `% Needs ${needs.join(' and ')}.\n${text}\n`;
}

function columnType({ columns, rows }: LaidOutTable, at: number): string {
  if (columns[at]!.align === 'right') return 'r';
  const longest = Math.max(0, ...rows.map((row) => row[at]?.value?.length ?? 0));
  return longest > LONG_TEXT ? 'p{0.35\\linewidth}' : 'l';
}

function cellLatex({ value, interval, n, reasonAt, best }: LaidOutCell): string {
  if (reasonAt !== null) return `--$^{\\mathrm{${reasonMark(reasonAt)}}}$`;
  const shown = escapeLatex(value ?? '');
  const number = best ? `\\textbf{${shown}}` : shown;
  const estimate =
    interval === null ? number : `${number} {\\footnotesize ${escapeLatex(interval)}}`;
  return n === null ? estimate : `${estimate} {\\footnotesize (${escapeLatex(n)})}`;
}
