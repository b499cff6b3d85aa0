import { describe, expect, it } from 'vitest';
import { drawBox } from './drawBox.ts';

const blank = (edge: number) => ({
  width: edge,
  height: edge,
  data: new Uint8Array(edge * edge * 3).fill(100),
});

/** One letter a pixel: `.` untouched, `k` black, `R` red. */
function picture({ width, data }: { width: number; data: Uint8Array }): string[] {
  const letters = Array.from({ length: data.length / 3 }, (_, pixel) => {
    const colour = [...data.subarray(pixel * 3, pixel * 3 + 3)].join();
    return { '100,100,100': '.', '0,0,0': 'k', '255,0,0': 'R' }[colour] ?? '?';
  });
  return Array.from({ length: letters.length / width }, (_, y) =>
    letters.slice(y * width, (y + 1) * width).join(''),
  );
}

describe('drawBox', () => {
  it('frames the box without covering it', () => {
    const drawn = drawBox(blank(13), { x: 5, y: 5, width: 3, height: 2 }, [255, 0, 0]);
    expect(picture(drawn)).toEqual([
      '.............',
      '.kkkkkkkkkkk.',
      '.kRRRRRRRRRk.',
      '.kRRRRRRRRRk.',
      '.kRRkkkkkRRk.',
      '.kRRk...kRRk.',
      '.kRRk...kRRk.',
      '.kRRkkkkkRRk.',
      '.kRRRRRRRRRk.',
      '.kRRRRRRRRRk.',
      '.kkkkkkkkkkk.',
      '.............',
      '.............',
    ]);
  });

  it('stays visible at the border', () => {
    const drawn = drawBox(blank(12), { x: 0, y: 0, width: 12, height: 12 }, [255, 0, 0]);
    const rows = picture(drawn);
    expect(rows[0]).toBe('kkkkkkkkkkkk');
    expect(rows[1]).toBe('kRRRRRRRRRRk');
    expect(rows[6]).toBe('kRRk....kRRk');
    expect(rows[11]).toBe('kkkkkkkkkkkk');
  });

  it('frames a single pixel in a corner', () => {
    const drawn = drawBox(blank(12), { x: 11, y: 11, width: 1, height: 1 }, [255, 0, 0]);
    expect(picture(drawn).some((row) => row.includes('R'))).toBe(true);
    expect(picture(drawn)[5]).toBe('............');
  });

  it('does not change its input', () => {
    const image = blank(12);
    drawBox(image, { x: 3, y: 3, width: 4, height: 4 });
    expect(image).toEqual(blank(12));
  });
});
