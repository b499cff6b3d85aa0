/** A chapter, and its place in the page's list of chapters. */
import type { Chapter } from '../report.ts';
import { renderBlocks } from './blocks/renderBlocks.ts';
import { html, type Markup } from './markup.ts';
import type { PageContext } from './pageContext.ts';

export interface ChapterMarkup {
  readonly section: Markup;
  readonly link: Markup;
}

export async function renderChapter(
  { id: name, number, title, lead, blocks }: Chapter,
  context: PageContext,
): Promise<ChapterMarkup> {
  const id = context.ids(name);
  const counted = number === null ? null : html`<span class="number">${number}</span> `;
  return {
    link: html`<li><a href="#${id}">${counted}${title}</a></li>\n`,
    section: html`<section class="chapter" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${counted}${title} <a class="anchor" href="#${id}" aria-label="Link to ${title}">#</a></h2>
<p class="lead">${lead}</p>
${await renderBlocks(blocks, context)}</section>
`,
  };
}
