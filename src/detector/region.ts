/** The part of an anomaly map that counts. */
import { internalError } from '../core/error.ts';

export interface Region {
  /** Of the map. */
  readonly width: number;
  readonly height: number;
  /** 1 for every pixel that counts, row by row. */
  readonly inside: Uint8Array;
}

/** How many pixels count. */
export const regionSize = ({ inside }: Region): number =>
  inside.reduce((sum, value) => sum + value, 0);

/** One bit a pixel, the first one the highest, in base64. */
export function encodeRegion({ inside }: Region): string {
  const bytes = new Uint8Array(Math.ceil(inside.length / 8));
  inside.forEach((value, i) => {
    bytes[i >> 3]! |= value << (7 - (i & 7));
  });
  // One by one: a call takes about a hundred thousand arguments, a map has more.
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** @throws FlawmapError (internal) where the text is of another size */
export function decodeRegion(text: string, width: number, height: number): Region {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length !== Math.ceil((width * height) / 8)) {
    throw internalError({
      what: 'the region does not fit the map',
      expected: `${width} x ${height} bits`,
      found: `${bytes.length} bytes`,
    });
  }
  const inside = Uint8Array.from(
    { length: width * height },
    (_, i) => (bytes[i >> 3]! >> (7 - (i & 7))) & 1,
  );
  return { width, height, inside };
}
