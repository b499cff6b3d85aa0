/** A report as one HTML file: it holds all it needs, asks no network, and opens from a folder. */
import type { RunControl } from '../../core/progress.ts';
import { drawPlot } from '../plots/drawPlot.ts';
import type { Plot } from '../plots/plot.ts';
import { PAGE_THEME } from '../plots/plotTheme.ts';
import type { Report } from '../report.ts';
import { contentPolicy } from './contentPolicy.ts';
import { embedJson } from './embedJson.ts';
import { html, type Markup, trusted } from './markup.ts';
import { type PageAssets, readPageAssets } from './pageAssets.ts';
import { createPageIds } from './pageIds.ts';
import { LIGHT, paletteStyle } from './palette.ts';
import { createPictureStore, type ReadPicture } from './pictureStore.ts';
import { renderChapter } from './renderChapter.ts';

export interface PageOptions extends RunControl {
  /** Bytes of a picture of the run, by its path within the run's folder. */
  readonly readPicture: ReadPicture;
  /** The client script and the style sheet, where they are not to be read anew. */
  readonly assets?: PageAssets;
}

/**
 * @returns the whole page; the same for the same report and pictures
 * @throws FlawmapError (input) naming a file that is no picture; what `readPicture` throws
 */
export async function renderPage(report: Report, options: PageOptions): Promise<string> {
  const { client, style } = options.assets ?? (await readPageAssets());
  const context = {
    ids: createPageIds(),
    pictures: createPictureStore(options.readPicture),
    draw: (plot: Plot) => drawPlot(plot, PAGE_THEME),
  };
  // Ids that the page itself uses.
  for (const id of ['content', 'contents', 'palette']) context.ids(id);
  const links: Markup[] = [];
  const sections: Markup[] = [];
  const total = report.chapters.length;
  for (const chapter of report.chapters) {
    options.signal?.throwIfAborted();
    options.onProgress?.({ step: 'writing the page', done: sections.length, total });
    const { link, section } = await renderChapter(chapter, context);
    links.push(link);
    sections.push(section);
  }
  options.onProgress?.({ step: 'writing the page', done: total, total });
  const colours = `${paletteStyle()}\n${style}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy([client], [colours])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${report.title}</title>
<style>${trusted(colours)}</style>
<script>${trusted(client)}</script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<p class="brand">flawmap</p>
<div class="controls"></div>
</header>
<nav class="contents" id="contents" aria-label="Chapters"><ol>
${links}</ol></nav>
<main id="content" tabindex="-1">
<header class="cover"><h1>${report.title}</h1><p>${report.subtitle}</p></header>
${sections}</main>
${embedJson('palette', LIGHT)}
${await context.pictures.rest()}
</body>
</html>
`;
  return String(page);
}
