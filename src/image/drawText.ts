/** Writes captions on pictures with the built-in letters. */
import { GLYPH_HEIGHT, GLYPH_WIDTH, isInked } from './font.ts';
import type { RgbImage } from './image.ts';
import { type Colour, fillRectangle } from './paint.ts';

/** Pixels from one letter to the next, before scaling. */
const ADVANCE = GLYPH_WIDTH + 1;

/** The width of a line of text in pixels. */
export function textWidth(text: string, scale: number): number {
  return Math.max(0, [...text].length * ADVANCE - 1) * scale;
}

/** The height of a line of text in pixels, without the space to the next. */
export function textHeight(scale: number): number {
  return GLYPH_HEIGHT * scale;
}

/** The text, with its middle left out if it is wider than `width`: names differ at their ends. */
export function shortenText(text: string, width: number, scale: number): string {
  if (textWidth(text, scale) <= width) return text;
  const room = Math.floor((width / scale + 1) / ADVANCE);
  const kept = Math.max(0, room - 2);
  const characters = [...text];
  const head = characters.slice(0, Math.ceil(kept / 2));
  const tail = characters.slice(characters.length - Math.floor(kept / 2));
  return `${head.join('')}..${tail.join('')}`;
}

/** Paints one line of text, its top left corner at (x, y); what lies outside is left out. */
export function drawText(
  image: RgbImage,
  text: string,
  { x, y, scale, colour }: { x: number; y: number; scale: number; colour: Colour },
): void {
  [...text].forEach((character, index) => {
    for (let row = 0; row < GLYPH_HEIGHT; row++) {
      for (let column = 0; column < GLYPH_WIDTH; column++) {
        if (!isInked(character, column, row)) continue;
        const left = x + (index * ADVANCE + column) * scale;
        const dot = { x: left, y: y + row * scale, width: scale, height: scale };
        fillRectangle(image, dot, colour);
      }
    }
  });
}
