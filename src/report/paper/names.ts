/** Names as the paper prints them: of categories, of things in a row, of what is compared. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';
import { data, type Inserted, inserted, joined, type Typst } from './typst.ts';

/** Longer names are cut in the middle, where they would break columns. */
const LONGEST = 24;

/** A name from the data: of a category, a file, a type of defect. */
export function name(text: string, longest = LONGEST): string {
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  if (characters.length <= longest) return characters.join('') || 'unnamed';
  const kept = Math.floor((longest - 1) / 2);
  return `${characters.slice(0, kept).join('')}…${characters.slice(-kept).join('')}`;
}

/** `bottle, hazelnut and zipper`. */
export function listed(items: readonly Inserted[], last = 'and'): Typst {
  const all = items.map(inserted);
  const final = all.at(-1);
  if (final === undefined) return data('none');
  if (all.length === 1) return final;
  return joined([joined(all.slice(0, -1), ', '), data(` ${last} `), final]);
}

/** At most so many of them: `bottle, hazelnut and 7 others`. */
export function firstOf(items: readonly Inserted[], most: number): Typst {
  if (items.length <= most + 1) return listed(items);
  return listed([...items.slice(0, most), `${items.length - most} others`]);
}

export const methodName = (method: Method): string => METHOD_TITLES[method];
