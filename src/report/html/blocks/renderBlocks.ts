/** Blocks in their order; narrow drawings that follow one another stand side by side. */
import type { Block } from '../../report.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';
import { renderGallery } from './renderGallery.ts';
import { renderPictures } from './renderPictures.ts';
import { renderPlot } from './renderPlot.ts';
import { renderTable } from './renderTable.ts';
import { renderTabs } from './renderTabs.ts';
import { renderThreshold } from './renderThreshold.ts';
import { renderVerdicts } from './renderVerdicts.ts';

export async function renderBlocks(
  blocks: readonly Block[],
  context: PageContext,
): Promise<Markup> {
  const parts: Markup[] = [];
  let plots: Markup[] = [];
  const endPlots = () => {
    if (plots.length > 0) parts.push(html`<div class="plots">${plots}</div>\n`);
    plots = [];
  };
  for (const block of blocks) {
    if (block.kind === 'plot') {
      plots.push(await renderPlot(block.plot, context));
    } else {
      endPlots();
      parts.push(await renderBlock(block, context));
    }
  }
  endPlots();
  return html`${parts}`;
}

type OtherBlock = Exclude<Block, { readonly kind: 'plot' }>;

async function renderBlock(block: OtherBlock, context: PageContext): Promise<Markup> {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.text, context);
    case 'prose':
      return html`<p class="${block.tone ?? 'prose'}">${block.text}</p>\n`;
    case 'verdicts':
      return renderVerdicts(block);
    case 'table':
      return renderTable(block.table, context);
    case 'pictures':
      return renderPictures(block, context);
    case 'tabs':
      return renderTabs(block, context, renderBlocks);
    case 'threshold':
      return renderThreshold(block, context);
    case 'gallery':
      return renderGallery(block, context);
  }
}

function renderHeading(text: string, { ids }: PageContext): Markup {
  const id = ids(text);
  return html`<h3 id="${id}">${text} <a class="anchor" href="#${id}" aria-label="Link to ${text}">#</a></h3>\n`;
}
