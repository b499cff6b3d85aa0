/** A table as LaTeX (booktabs). */
import { escapeLatex, latexNeeds } from './escapeLatex.ts';
import { type LaidOutCell, type LaidOutTable, layOutTable, reasonMark } from './layOutTable.ts';
import type { Table } from './table.ts';

/** Text of more characters is broken into lines. */
const LONG_TEXT = 40;

/** Of more rows, a table goes on over pages. */
const LONG_TABLE = 40;

/** With caption, label, note and the reasons for missing numbers: a float, or a table of pages. */
export function toLatex(table: Table): string {
  const laidOut = layOutTable(table);
  const long = laidOut.rows.length > LONG_TABLE;
  const text = (long ? longTable : float)(laidOut, table.id.replace(/[^A-Za-z0-9-]/g, '-'));
  const packages = ['booktabs', ...(long ? ['longtable'] : [])];
  const needs = [...packages.map((name) => `\\usepackage{${name}}`), ...latexNeeds(text)];
  return `% Needs ${needs.join(' and ')}.\n${text}\n`;
}

function float(table: LaidOutTable, id: string): string {
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(table.title)}}`,
    `  \\label{tab:${id}}`,
    `  \\begin{tabular}{${columnTypes(table)}}`,
    '    \\toprule',
    headLine(table),
    '    \\midrule',
    ...table.rows.map((row) => rowLine(row.map(cellLatex))),
    '    \\bottomrule',
    '  \\end{tabular}',
    ...notes(table).map((own) => `  \\par\\smallskip\\parbox{\\linewidth}{\\footnotesize ${own}}`),
    '\\end{table}',
  ].join('\n');
}

/** The head stands on every page. */
function longTable(table: LaidOutTable, id: string): string {
  const head = ['    \\toprule', headLine(table), '    \\midrule'];
  return [
    `\\begin{longtable}{${columnTypes(table)}}`,
    `    \\caption{${escapeLatex(table.title)}}\\label{tab:${id}} \\\\`,
    ...head,
    '    \\endfirsthead',
    ...head,
    '    \\endhead',
    '    \\bottomrule',
    '    \\endfoot',
    ...table.rows.map((row) => rowLine(row.map(cellLatex))),
    '\\end{longtable}',
    ...notes(table).map((own) => `\\noindent{\\footnotesize ${own}}\\par`),
  ].join('\n');
}

const rowLine = (cells: readonly string[]): string => `    ${cells.join(' & ')} \\\\`;

const headLine = ({ columns }: LaidOutTable): string =>
  rowLine(columns.map((column) => escapeLatex(column.title)));

const notes = ({ note, reasons }: LaidOutTable): string[] => [
  ...(note === null ? [] : [escapeLatex(note)]),
  ...reasons.map((reason, at) => `$^{\\mathrm{${reasonMark(at)}}}$~${escapeLatex(reason)}`),
];

const columnTypes = (table: LaidOutTable): string =>
  table.columns.map((_, at) => columnType(table, at)).join('');

function columnType({ columns, rows }: LaidOutTable, at: number): string {
  if (columns[at]!.align === 'right') return 'r';
  const longest = Math.max(0, ...rows.map((row) => row[at]?.value?.length ?? 0));
  return longest > LONG_TEXT ? 'p{0.35\\linewidth}' : 'l';
}

function cellLatex({ value, interval, n, reasonAt }: LaidOutCell): string {
  if (reasonAt !== null) return `--$^{\\mathrm{${reasonMark(reasonAt)}}}$`;
  const number = escapeLatex(value ?? '');
  const estimate =
    interval === null ? number : `${number} {\\footnotesize ${escapeLatex(interval)}}`;
  return n === null ? estimate : `${estimate} {\\footnotesize (${escapeLatex(n)})}`;
}
