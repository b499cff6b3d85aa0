import { describe, expect, it } from 'vitest';
import { around, cover, createCanvas, paint, paintRows, shrink, WHOLE } from './canvas.ts';

describe('paint', () => {
  it('visits exactly the pixels whose centres lie in the box', () => {
    const canvas = createCanvas(4);
    paint(canvas, { left: 0.25, top: 0, right: 0.75, bottom: 0.5 }, (pixel) => {
      pixel.g = 10 + pixel.index;
    });
    const green = Array.from({ length: 16 }, (_, i) => canvas.data[i * 3 + 1]);
    expect(green).toEqual([0, 11, 12, 0, 0, 15, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('tells each pixel its place and its colour', () => {
    const canvas = createCanvas(2);
    canvas.data.fill(7);
    const seen: number[][] = [];
    paint(canvas, WHOLE, ({ x, y, index, r, g, b }) => seen.push([x, y, index, r, g, b]));
    expect(seen).toEqual([
      [0.25, 0.25, 0, 7, 7, 7],
      [0.75, 0.25, 1, 7, 7, 7],
      [0.25, 0.75, 2, 7, 7, 7],
      [0.75, 0.75, 3, 7, 7, 7],
    ]);
  });

  it('clips boxes that reach over the edge or lie outside', () => {
    const canvas = createCanvas(4);
    let visits = 0;
    const count = () => {
      visits++;
    };
    paint(canvas, around(0, 0, 0.5), count);
    expect(visits).toBe(4);
    paint(canvas, around(3, -2, 0.5), count);
    expect(visits).toBe(4);
  });
});

describe('paintRows', () => {
  it('starts each row once', () => {
    const rows: number[] = [];
    paintRows(createCanvas(4), WHOLE, (y) => {
      rows.push(y);
      return () => undefined;
    });
    expect(rows).toEqual([0.125, 0.375, 0.625, 0.875]);
  });
});

describe('cover', () => {
  it('mixes the lit colour in', () => {
    const pixel = { x: 0, y: 0, index: 0, r: 100, g: 0, b: 50 };
    cover(pixel, [200, 100, 50], 0.5, 0.5);
    expect(pixel).toMatchObject({ r: 100, g: 25, b: 37.5 });
  });
});

describe('shrink', () => {
  it('takes means of squares, channel by channel', () => {
    const canvas = createCanvas(4);
    canvas.data.forEach((_, i) => {
      canvas.data[i] = i;
    });
    // numpy.arange(48).reshape(2, 2, 2, 2, 3).mean((1, 3)).ravel()
    const expected = [7.5, 8.5, 9.5, 13.5, 14.5, 15.5, 31.5, 32.5, 33.5, 37.5, 38.5, 39.5];
    expect([...shrink(canvas, 2).data]).toEqual(expected);
    expect(shrink(canvas, 1)).toBe(canvas);
  });
});
