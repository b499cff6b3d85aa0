/**
 * A table of comma-separated values with a line of names (RFC 4180), as records by column name.
 * Cells may be quoted; lines without any cell are left out, missing cells are absent.
 */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...lines] = cellsOf(text.replace(/^\uFEFF/, ''));
  return lines.map((cells) =>
    Object.fromEntries(cells.slice(0, names.length).map((cell, i) => [names[i]!.trim(), cell])),
  );
}

function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  // A quoted cell, or one up to the next comma or line end; and what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*)?)(,|\r?\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const found = cell.exec(text);
    if (found === null) {
      // A quote in the middle of nowhere: the rest is one cell, which whoever reads it will not like.
      line.push(text.slice(start));
      break;
    }
    line.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    if (line.some((value) => value !== '')) lines.push(line);
    line = [];
  }
  if (line.some((value) => value !== '')) lines.push(line);
  return lines;
}
