/** Tables as comma-separated values: RFC 4180, safe to open in a spreadsheet. */

export type CsvCell = string | number | boolean | null;

/** Lines end in CR LF, missing values are empty, numbers have all their digits. */
export function csvText(lines: readonly (readonly CsvCell[])[]): string {
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** Every column that any record has, in order of appearance. */
export function csvOfRecords(records: readonly Readonly<Record<string, CsvCell>>[]): string {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const lines = records.map((record) => columns.map((column) => record[column] ?? null));
  return csvText([columns, ...lines]);
}

function quoted(cell: CsvCell): string {
  const text = cell === null ? '' : typeof cell === 'string' ? defused(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Spreadsheets run text that starts like a formula; an apostrophe before it keeps it text
 * (OWASP, CSV injection). Numbers written as text stay as they are.
 */
function defused(text: string): string {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i;
  const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}
