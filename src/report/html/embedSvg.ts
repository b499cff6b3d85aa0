/**
 * A drawing by Vega for a page that holds many: with a name and description instead of Vega's own
 * roles, ids of its own, and without what the page's policy forbids or nobody sees.
 */
import { html, type Markup, trusted } from './markup.ts';

export interface SvgLabels {
  /** Unique on the page; what the drawing's ids begin with. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** @param svg as Vega writes it: attributes in double quotes, `<` and `>` in none of them */
export function embedSvg(svg: string, { id, title, description }: SvgLabels): Markup {
  const inner = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<[^/][^>]*>/g, (tag) => cleanTag(tag, id));
  const { width, height } = svgSize(svg);
  return html`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${trusted(inner)}</svg>`;
}

/** Width and height in pixels, as the drawing's view box says. */
export function svgSize(svg: string): { readonly width: number; readonly height: number } {
  const box = /^<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return { width: Number(box?.[1] ?? 640), height: Number(box?.[2] ?? 400) };
}

/** Styles are forbidden by the page's policy; classes would meet the page's own. */
const DROPPED = /^(role|class|style|pointer-events|aria-.*|on.*)$/;

function cleanTag(tag: string, prefix: string): string {
  return tag.replace(/\s([\w:-]+)="([^"]*)"/g, (_whole, name: string, value: string) => {
    if (DROPPED.test(name) || (name === 'opacity' && value === '1')) return '';
    return ` ${name}="${name === 'id' ? `${prefix}-${value}` : attributeValue(value, prefix)}"`;
  });
}

/** Positions are rounded to hundredths of a pixel. */
const attributeValue = (value: string, prefix: string): string =>
  value
    .replace(/url\(#/g, `url(#${prefix}-`)
    .replace(/^#(?=clip|gradient|pattern)/, `#${prefix}-`)
    .replace(/-?\d*\.\d{3,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100));
