import { describe, expect, it } from 'vitest';
import { contactSheet, type Tile } from './contactSheet.ts';
import { type Colour, plainImage } from './paint.ts';

const RED: Colour = [214, 40, 40];
const BLUE: Colour = [0, 0, 250];

const tile = (width: number, height: number, extra: Partial<Tile> = {}): Tile => ({
  image: plainImage(width, height, BLUE),
  caption: ['name'],
  ...extra,
});

/** The bounding box of all pixels of one colour, and how many there are. */
function extent(
  { width, data }: { width: number; data: Uint8Array },
  colour: Colour,
): { count: number; left: number; top: number; right: number; bottom: number } {
  const found = { count: 0, left: Infinity, top: Infinity, right: -1, bottom: -1 };
  for (let pixel = 0; pixel < data.length / 3; pixel++) {
    if (colour.some((value, channel) => data[pixel * 3 + channel] !== value)) continue;
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    found.count++;
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y);
  }
  return found;
}

describe('contactSheet', () => {
  it('fits pictures of any shape into their squares', () => {
    const wide = extent(contactSheet([tile(80, 20)], { columns: 1, tileEdge: 40 }), BLUE);
    expect([wide.right - wide.left + 1, wide.bottom - wide.top + 1]).toEqual([40, 10]);
    expect(wide.count).toBe(400);
    const small = extent(contactSheet([tile(4, 8)], { columns: 1, tileEdge: 40 }), BLUE);
    expect([small.right - small.left + 1, small.bottom - small.top + 1]).toEqual([20, 40]);
  });

  it('lays tiles out in columns, and grows a row for longer captions', () => {
    const one = contactSheet([tile(9, 9)], { columns: 3, tileEdge: 40 });
    const four = contactSheet(
      Array.from({ length: 4 }, () => tile(9, 9)),
      { columns: 3, tileEdge: 40 },
    );
    expect(extent(four, BLUE).count).toBe(4 * 40 * 40);
    expect(four.width).toBeGreaterThan(2.5 * one.width - 100);
    const longer = contactSheet(
      [tile(9, 9), tile(9, 9), tile(9, 9), tile(9, 9, { caption: ['a', 'b', 'c'] })],
      { columns: 3, tileEdge: 40 },
    );
    expect(longer.width).toBe(four.width);
    expect(longer.height).toBeGreaterThan(four.height);
  });

  it('frames flagged tiles in their colour, around the picture', () => {
    const sheet = contactSheet([tile(9, 9), tile(9, 9, { borderColour: RED })], {
      columns: 2,
      tileEdge: 40,
    });
    const frame = extent(sheet, RED);
    expect([frame.right - frame.left + 1, frame.bottom - frame.top + 1]).toEqual([48, 48]);
    expect(frame.count).toBe(48 * 48 - 40 * 40);
    expect(frame.left).toBeGreaterThan(sheet.width / 2 - 10);
  });

  it('writes captions and a title', () => {
    const captionless = contactSheet([tile(9, 9, { caption: [''] })], { columns: 1, tileEdge: 60 });
    const captioned = contactSheet([tile(9, 9)], { columns: 1, tileEdge: 60 });
    const titled = contactSheet([tile(9, 9)], { columns: 1, tileEdge: 60, title: 'All' });
    const ink = (sheet: { width: number; data: Uint8Array }) => extent(sheet, [40, 40, 44]);
    expect(ink(captionless).count).toBe(0);
    expect(ink(captioned).top).toBeGreaterThan(extent(captioned, BLUE).bottom);
    expect(ink(titled).top).toBeLessThan(extent(titled, BLUE).top);
    expect(titled.height).toBeGreaterThan(captioned.height);
  });

  it('keeps long text inside', () => {
    const long = 'a caption that is far too long for a tile of this size'.repeat(3);
    const sheet = contactSheet([tile(9, 9, { caption: [long] })], {
      columns: 1,
      tileEdge: 60,
      title: long,
    });
    const ink = extent(sheet, [40, 40, 44]);
    expect(ink.left).toBeGreaterThanOrEqual(24);
    expect(ink.right).toBeLessThan(sheet.width - 24);
  });

  it('makes an empty sheet of no tiles', () => {
    const sheet = contactSheet([], { columns: 4, tileEdge: 60, title: 'none' });
    expect(sheet.data).toHaveLength(sheet.width * sheet.height * 3);
  });
});
