/** Parts of which one is shown at a time; the client makes tabs of what is a sequence without it. */
import type { Block, Tabs } from '../../report.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';

export type RenderBlocks = (blocks: readonly Block[], context: PageContext) => Promise<Markup>;

export async function renderTabs(
  { label, tabs }: Tabs,
  context: PageContext,
  renderBlocks: RenderBlocks,
): Promise<Markup> {
  const panels: Markup[] = [];
  for (const { title, blocks } of tabs) {
    const id = context.ids(`${label}-${title}`);
    panels.push(html`<section class="panel" id="${id}" aria-labelledby="${id}-title">
<p class="panel-title" id="${id}-title"><bdi>${title}</bdi></p>
${await renderBlocks(blocks, context)}</section>
`);
  }
  return html`<div class="tabs" data-tabs="${label}">${panels}</div>
`;
}
