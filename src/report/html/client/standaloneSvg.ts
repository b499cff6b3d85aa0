/** A drawing of the page as a file of its own: with colours instead of the style sheet's names. */
import { readJson } from './dom.ts';

export function standaloneSvg(drawing: SVGSVGElement): string {
  const palette = readJson<Readonly<Record<string, string>>>('palette');
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  for (const part of [copy, ...copy.querySelectorAll('*')]) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes('var(--')) part.setAttribute(name, withColours(value, palette));
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

const withColours = (value: string, palette: Readonly<Record<string, string>>): string =>
  value.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => palette[name] ?? whole);
