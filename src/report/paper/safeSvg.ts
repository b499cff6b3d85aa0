/**
 * Charts as the compiler can take them. Its SVG reader (usvg 0.43) aborts the whole process on some
 * texts that mix directions of writing, where no error can be caught: names written from right to
 * left are left to the tables, which Typst sets itself. And text of several fonts makes other bytes
 * each time.
 */

/** Hebrew, Arabic and the other scripts written from right to left, by their blocks. */
const RIGHT_TO_LEFT =
  /(?:[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]\s*)+/gu;

/** Characters that control rather than show, and what XML does not allow. */
const CONTROLS = /[^\P{C}\t\n\r]/gu;

/** Fonts of a chart come in an order of chance; one weight is one font. */
const WEIGHTS = / font-weight="[^"]*"/g;

/** @param svg as drawn */
export const safeSvg = (svg: string): string =>
  svg.replaceAll(CONTROLS, '').replaceAll(RIGHT_TO_LEFT, '…').replaceAll(WEIGHTS, '');
