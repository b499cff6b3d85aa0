import { describe, expect, it } from 'vitest';
import { drawText, shortenText, textHeight, textWidth } from './drawText.ts';
import { isInked } from './font.ts';
import { plainImage } from './paint.ts';

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

function glyph(character: string): string {
  const rows = Array.from({ length: 8 }, (_, y) =>
    Array.from({ length: 5 }, (_, x) => (isInked(character, x, y) ? '#' : '.')).join(''),
  );
  return rows.join('\n');
}

describe('the built-in letters', () => {
  it('differ from one another', () => {
    expect(new Set(printable.map(glyph)).size).toBe(95);
  });

  it('stand in their places', () => {
    expect(glyph('A')).toBe('.###.\n#...#\n#...#\n#####\n#...#\n#...#\n#...#\n.....');
    expect(glyph('~')).toBe('.....\n.....\n.#...\n#.#.#\n...#.\n.....\n.....\n.....');
    expect(glyph(' ')).not.toContain('#');
  });

  it('show what they do not know as a question mark', () => {
    for (const character of ['é', '\n', '漢', '']) expect(glyph(character)).toBe(glyph('?'));
  });
});

describe('drawText', () => {
  it('fills exactly the size it states', () => {
    const image = plainImage(60, 30, [0, 0, 0]);
    drawText(image, 'HH', { x: 4, y: 3, scale: 2, colour: [255, 255, 255] });
    const inked = Array.from({ length: 1800 }, (_, i) => i).filter((i) => image.data[i * 3] !== 0);
    const columns = inked.map((i) => i % 60);
    const rows = inked.map((i) => Math.floor(i / 60));
    expect(textWidth('HH', 2)).toBe(22);
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([4, 4 + textWidth('HH', 2) - 1]);
    // The last row is for descenders, which H does not have.
    expect([Math.min(...rows), Math.max(...rows)]).toEqual([3, 3 + textHeight(2) - 3]);
  });

  it('leaves out what lies outside', () => {
    const image = plainImage(5, 5, [0, 0, 0]);
    drawText(image, 'MMM', { x: -8, y: -3, scale: 2, colour: [9, 9, 9] });
    expect(image.data).toHaveLength(75);
  });
});

describe('shortenText', () => {
  it('keeps what fits', () => {
    expect(shortenText('000.png', textWidth('000.png', 2), 2)).toBe('000.png');
    expect(shortenText('', 0, 2)).toBe('');
  });

  it('leaves out the middle', () => {
    expect(shortenText('broken_large/000.png', textWidth('0123456789', 2), 2)).toBe('brok...png');
  });

  it.each([12, 30, 47, 100])('never exceeds %i pixels', (width) => {
    const text = shortenText('abcdefghijklmnopqrstuvwxyz', width, 1);
    expect(textWidth(text, 1)).toBeLessThanOrEqual(width);
  });
});
