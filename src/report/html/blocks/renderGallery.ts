/** Test images to be sorted and filtered: the client shows those that are asked for. */
import type { Gallery } from '../../report.ts';
import { embedJson } from '../embedJson.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';
import { galleryPictures } from '../pageData.ts';

export function renderGallery(block: Gallery, { ids, pictures }: PageContext): Markup {
  const id = ids(`gallery-${block.id}`);
  return html`<section class="gallery" id="${id}" data-gallery="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${block.title}</h3>
<p class="unscripted">Looking through the pictures needs scripts, which are switched off.</p>
${embedJson(`${id}-data`, galleryPictures(block.items, pictures.keep))}
</section>
`;
}
