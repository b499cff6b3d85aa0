/** A row of pictures, each with what belongs beside it. */
import type { PictureRow } from '../../report.ts';
import { html, type Markup } from '../markup.ts';
import type { PageContext } from '../pageContext.ts';

export async function renderPictures(row: PictureRow, context: PageContext): Promise<Markup> {
  const id = context.ids(`pictures-${row.id}`);
  const items: Markup[] = [];
  for (const { caption, files } of row.items) {
    const images: Markup[] = [];
    for (const { file, alt } of files) images.push(await context.pictures.image(file, alt));
    items.push(
      html`<li><figure><div class="panes">${images}</div><figcaption>${caption}</figcaption></figure></li>\n`,
    );
  }
  return html`<section class="pictures" id="${id}" aria-labelledby="${id}-title">
<p class="title" id="${id}-title">${row.title}</p>
<ul>${items}</ul>
<p class="sentence">${row.sentence}</p>
</section>
`;
}
