import { describe, expect, it } from 'vitest';
import { PAGE_THEME } from '../plots/plotTheme.ts';
import { DARK, LIGHT, type Palette, paletteStyle } from './palette.ts';

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(first: string, second: string): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

const TEXT = ['ink', 'faint', 'accent', 'good', 'caution', 'bad'] as const;
const BACKGROUNDS = ['paper', 'surface', 'grid'];

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_name, palette) => {
  it.each(TEXT)('has %s readable on paper and on surfaces', (name) => {
    for (const background of [palette.paper, palette.surface]) {
      expect(contrast(palette[name], background)).toBeGreaterThanOrEqual(4.5);
    }
  });

  const marks = Object.keys(palette).filter(
    (name) => !BACKGROUNDS.includes(name),
  ) as (keyof Palette)[];
  it.each(marks)('has %s visible in drawings', (name) => {
    for (const background of [palette.paper, palette.surface]) {
      expect(contrast(palette[name], background)).toBeGreaterThanOrEqual(3);
    }
  });
});

// black on white is 21, and #767676 the lightest grey that is readable on white
it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

it('names every colour that plots are drawn with', () => {
  const style = paletteStyle();
  const names = JSON.stringify(PAGE_THEME).match(/--[a-z0-9-]+/g)!;
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(style).toContain(`${name}:#`);
});
