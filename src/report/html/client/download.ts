/** Buttons that save a drawing as SVG or its numbers as CSV. */
import { element, readJson } from './dom.ts';
import { fileName } from './fileName.ts';
import { standaloneSvg } from './standaloneSvg.ts';

export function startDownloads(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    const { svg, csv, name = '' } = button?.dataset ?? {};
    if (svg !== undefined) {
      const drawing = document.querySelector<SVGSVGElement>(`#${CSS.escape(svg)} svg`);
      if (drawing !== null) save(standaloneSvg(drawing), 'image/svg+xml', fileName(name, 'svg'));
    } else if (csv !== undefined) {
      save(readJson<string>(`${csv}-csv`), 'text/csv', fileName(name, 'csv'));
    }
  });
}

function save(text: string, type: string, name: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element('a', { href, download: name }).click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
