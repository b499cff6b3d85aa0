/**
 * Compares strings by code point, for sorting: the same on every machine and in every locale, and
 * the order of Python's `sorted`. (UTF-8 bytes order as code points do; `<` compares UTF-16 units.)
 */
export function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
