/** Markup from templates: whatever is put into one is escaped, unless it is markup itself. */

/** Text that is markup; made by {@link html} and {@link trusted} alone. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template takes; `false`, null and undefined are nothing. */
export type Part = Markup | string | number | boolean | null | undefined | readonly Part[];

/** Escapes every part, in text and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = parts.map((part, i) => `${render(part)}${strings[i + 1]}`);
  return new Markup(`${strings[0]}${texts.join('')}`);
}

/** For text that something else has made safe: a drawing, a style sheet, JSON for a script element. */
export const trusted = (text: string): Markup => new Markup(text);

function render(part: Part): string {
  if (part === null || part === undefined || part === false || part === true) return '';
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'object') return part.map(render).join('');
  return String(part).replace(/[&<>"'`]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
