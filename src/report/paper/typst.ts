/**
 * Typst source, built so that data cannot become markup: what is written here is markup, what is
 * inserted goes in as string literals, in which only the quote and the backslash mean anything.
 */
import { internalError } from '../../core/error.ts';

/** Source in markup mode. */
export interface Typst {
  readonly source: string;
}

export type Inserted = Typst | string | number;

/**
 * Markup with data in it: typst`The AUROC of ${category} is ${fixed(0.98)}.`
 * @param values strings are data; numbers are counts
 */
export function typst(strings: TemplateStringsArray, ...values: readonly Inserted[]): Typst {
  const parts = strings.raw.map((markup, i) => {
    const value = values[i];
    return value === undefined ? markup : markup + inserted(value).source;
  });
  return { source: parts.join('') };
}

export function inserted(value: Inserted): Typst {
  if (typeof value === 'object') return value;
  if (typeof value === 'string') return data(value);
  if (Number.isFinite(value)) return data(String(value));
  throw internalError({
    what: 'the paper would state a number that is none',
    expected: 'a finite number, or the reason why there is none',
    found: String(value),
  });
}

/** Text as it is; the semicolon ends the expression, whatever follows. */
export const data = (text: string): Typst => ({ source: `#${literal(text)};` });

/** A string in code mode. */
export function literal(text: string): string {
  return `"${printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Characters that control rather than show: of terminals, of writing direction, halves of pairs. */
const CONTROLS = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;

/** One line of what can be seen. */
const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[^\S\u00a0\u2009\u202f]+/g, ' ')
    .replaceAll(CONTROLS, '');

export function joined(parts: readonly Typst[], between = ''): Typst {
  return { source: parts.map(({ source }) => source).join(between) };
}

export const NOTHING: Typst = { source: '' };

export const isNothing = (content: Typst): boolean => content.source.trim() === '';

/** Sentences of a paragraph, those that have nothing to say left out. */
export function paragraph(...sentences: readonly (Typst | null)[]): Typst {
  const said = sentences.filter((one) => one !== null && !isNothing(one)) as readonly Typst[];
  return said.length === 0 ? NOTHING : { source: `${joined(said, ' ').source}\n\n` };
}

/** A part of the paper: a heading and what stands below it; nothing where that is nothing. */
export function section(title: string, ...content: readonly Typst[]): Typst {
  return under('=', title, content);
}

export function subsection(title: string, ...content: readonly Typst[]): Typst {
  return under('==', title, content);
}

function under(mark: string, title: string, content: readonly Typst[]): Typst {
  const body = joined(content);
  return isNothing(body) ? NOTHING : { source: `${mark} ${data(title).source}\n\n${body.source}` };
}

/** A paragraph that opens with its subject, in italics. */
export const lead = (subject: string): Typst => typst`#emph[${subject}.]`;
