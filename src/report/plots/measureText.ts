/**
 * How wide text is, without a font at hand: by the widths of Liberation Sans (and so of Arial and
 * Helvetica). Pages show their reader's own font, papers a slightly narrower one.
 */

/** Thousandths of the font's size, and the characters that wide. */
const WIDTHS: readonly (readonly [width: number, characters: string])[] = [
  [222, "'ijl|"],
  [278, ' ftI!,./:;[\\]'],
  [333, 'r()-`{}"*'],
  [500, 'cksvxyzJ^°'],
  [556, '0123456789abdeghnopquL#$?_–'],
  [584, '+<=>~−×±≤≥'],
  [611, 'FTZ'],
  [667, 'ABEKPSVXY&'],
  [722, 'wCDHNRU'],
  [778, 'GOQ'],
  [833, 'mM'],
  [1000, 'W%@—…'],
];

const WIDTH_OF = new Map(
  WIDTHS.flatMap(([width, characters]) => [...characters].map((one) => [one, width] as const)),
);

/** Of letters that are not listed, and from the first of Chinese, Japanese and pictures on. */
const OTHER = 600;
const FULL = 1000;
const FIRST_FULL = 0x2e80;

/** @returns the width in the unit of `size` */
export function measureText(text: string, size: number): number {
  let sum = 0;
  // Accents are taken off and have no width of their own.
  for (const character of text.normalize('NFD').replace(/\p{M}/gu, '')) {
    const full = character.codePointAt(0)! >= FIRST_FULL;
    sum += WIDTH_OF.get(character) ?? (full ? FULL : OTHER);
  }
  return (sum * size) / 1000;
}
