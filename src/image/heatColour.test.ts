import { describe, expect, it } from 'vitest';
import { heatColour } from './heatColour.ts';

/** CIE L* of an sRGB colour, by its own formula (IEC 61966-2-1, CIE 1976). */
function lightness(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const y = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return y <= 216 / 24389 ? (y * 24389) / 27 : 116 * Math.cbrt(y) - 16;
}

describe('heatColour', () => {
  it('grows lighter with every step', () => {
    const values = Array.from({ length: 128 }, (_, i) => lightness(heatColour(i / 127)));
    for (let i = 1; i < values.length; i++) expect(values[i]!).toBeGreaterThan(values[i - 1]!);
  });

  it('runs from almost black to pale yellow, by way of red and orange', () => {
    expect(lightness(heatColour(0))).toBeLessThan(5);
    expect(lightness(heatColour(1))).toBeGreaterThan(93);
    const [red, green, blue] = heatColour(0.5);
    expect(red).toBeGreaterThan(200);
    expect(Math.max(green, blue)).toBeLessThan(80);
    const [hotRed, hotGreen, hotBlue] = heatColour(0.8);
    expect(hotRed).toBeGreaterThan(240);
    expect(hotGreen).toBeGreaterThan(130);
    expect(hotBlue).toBeLessThan(60);
  });

  it('has only whole bytes', () => {
    for (let i = 0; i <= 255; i++) {
      for (const value of heatColour(i / 255)) {
        expect(Number.isInteger(value) && value >= 0 && value <= 255).toBe(true);
      }
    }
  });

  it('clamps', () => {
    expect(heatColour(-3)).toEqual(heatColour(0));
    expect(heatColour(Number.POSITIVE_INFINITY)).toEqual(heatColour(1));
  });
});
