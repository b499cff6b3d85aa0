/** Scores with a threshold to be moved: the client draws it all. */
import type { ThresholdExplorer } from '../../report.ts';
import { embedJson } from '../embedJson.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';
import { exploredSets } from '../pageData.ts';

export function renderThreshold(block: ThresholdExplorer, { ids }: PageContext): Markup {
  const id = ids(`threshold-${block.id}`);
  return html`<section class="explorer" id="${id}" data-explorer="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${block.title}</h3>
<p class="note">A threshold that is chosen on these test images is not an estimate for new images: what it reaches here was looked for here. The marked thresholds are the study’s own, from validation images.</p>
<p class="unscripted">Moving the threshold needs scripts, which are switched off.</p>
${embedJson(`${id}-data`, exploredSets(block.sets))}
</section>
`;
}
