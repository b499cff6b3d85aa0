/** What blocks share while a page is written. */
import type { Plot } from '../plots/plot.ts';
import type { PageIds } from './pageIds.ts';
import type { PictureStore } from './pictureStore.ts';

export interface PageContext {
  readonly ids: PageIds;
  readonly pictures: PictureStore;
  /** As SVG in the page's colours. */
  readonly draw: (plot: Plot) => Promise<string>;
}
