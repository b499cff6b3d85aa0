/** A drawing with its caption, to be saved as SVG and CSV; few numbers are also shown as a table. */

import { csvOfRecords } from '../../../core/csv.ts';
import type { Plot, PlotRow } from '../../plots/plot.ts';
import { embedJson } from '../embedJson.ts';
import { embedSvg, svgSize } from '../embedSvg.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';

/** Wider drawings take a row of their own. */
const NARROW = 460;
/** More are for a spreadsheet. */
const FEW_ROWS = 24;
const FEW_COLUMNS = 7;

export async function renderPlot(plot: Plot, { ids, draw }: PageContext): Promise<Markup> {
  const id = ids(`plot-${plot.id}`);
  const svg = await draw(plot);
  const labels = { id, title: plot.title, description: plot.sentence };
  const width = svgSize(svg).width > NARROW ? 'wide' : 'narrow';
  return html`<figure class="plot ${width}" id="${id}">
<p class="title">${plot.title}</p>
<div class="canvas" role="group" tabindex="0" aria-label="${plot.title}">${embedSvg(svg, labels)}</div>
<figcaption>${plot.sentence}</figcaption>
<p class="actions"><button type="button" data-svg="${id}" data-name="${plot.id}">SVG<span class="hidden"> of ${plot.title}</span></button> <button type="button" data-csv="${id}" data-name="${plot.id}">CSV<span class="hidden"> of ${plot.title}</span></button></p>
${dataTable(plot)}${embedJson(`${id}-csv`, csvOfRecords(plot.rows))}
</figure>
`;
}

function dataTable({ rows, title }: Plot): Markup | null {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (rows.length === 0 || rows.length > FEW_ROWS || columns.length > FEW_COLUMNS) return null;
  return html`<details><summary>Numbers<span class="hidden"> of ${title}</span></summary><div class="scroll" role="region" tabindex="0" aria-label="Numbers of ${title}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column) => valueCell(row[column]))}</tr>\n`)}</tbody>
</table></div></details>`;
}

function valueCell(value: PlotRow[string] | undefined): Markup {
  if (typeof value !== 'number') return html`<td><bdi>${String(value ?? '')}</bdi></td>`;
  // Four significant digits are more than any drawing shows; the CSV has them all.
  return html`<td class="right">${Number.isInteger(value) ? value : String(Number(value.toPrecision(4)))}</td>`;
}
