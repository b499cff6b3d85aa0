/** A table for the page: it scrolls by itself, its first column stays in sight. */
import { cellText, isNumber } from '../../tables/formatCell.ts';
import { columnAligns } from '../../tables/layOutTable.ts';
import type { Cell, Table } from '../../tables/table.ts';
import { toCsv } from '../../tables/toCsv.ts';
import { embedJson } from '../embedJson.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';

export function renderTable(table: Table, { ids }: PageContext): Markup {
  const id = ids(`table-${table.id}`);
  const { title, columns, rows, note } = table;
  const aligns = columnAligns(table);
  const reasons = distinctReasons(rows);
  return html`<figure class="table" id="${id}">
<figcaption class="title" id="${id}-title">${title}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-title"><table aria-labelledby="${id}-title">
<thead><tr>${columns.map((column, i) => html`<th scope="col" class="${aligns[i]!}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => renderCell(cell, aligns[i], i === 0, reasons))}</tr>\n`)}</tbody>
</table></div>
${reasons.map((reason, i) => html`<p class="note"><sup>${String(i + 1)}</sup> not computable: ${reason}</p>\n`)}${note === undefined ? null : html`<p class="note">${note}</p>`}
<p class="actions"><button type="button" data-csv="${id}" data-name="${table.id}">CSV<span class="hidden"> of ${title}</span></button></p>
${embedJson(`${id}-csv`, toCsv(table))}
</figure>
`;
}

/** Why numbers are missing, each once: they stand below the table, which they would make tall. */
const distinctReasons = (rows: Table['rows']): readonly string[] => [
  ...new Set(rows.flat().flatMap((cell) => cellText(cell).reason ?? [])),
];

function renderCell(
  cell: Cell,
  align: string | undefined,
  first: boolean,
  reasons: readonly string[],
): Markup {
  if (isNumber(cell)) return html`<td class="right">${renderNumber(cell, reasons)}</td>`;
  const content = html`<bdi>${cell}</bdi>`;
  return first
    ? html`<th scope="row">${content}</th>`
    : html`<td class="${align ?? 'left'}">${content}</td>`;
}

function renderNumber(cell: Cell, reasons: readonly string[]): Markup {
  const { value, interval, n, reason } = cellText(cell);
  if (value === null) {
    const number = String(reasons.indexOf(reason!) + 1);
    return html`<span class="missing"><span aria-hidden="true">–<sup>${number}</sup></span><span class="hidden">not computable: ${reason}</span></span>`;
  }
  return html`<span>${value}</span>${part('interval', interval)}${part('n', n)}`;
}

const part = (kind: string, text: string | null): Markup | null =>
  text === null ? null : html` <span class="${kind}">${text}</span>`;
