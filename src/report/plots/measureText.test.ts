import { describe, expect, test } from 'vitest';
import { measureText } from './measureText.ts';

describe('measureText', () => {
  // Pillow: ImageFont.truetype('LiberationSans-Regular.ttf', 1000).getlength(text) / 1000
  test.each([
    ['image AUROC', 6.558],
    ['PatchCore, hazelnut', 9.061],
    ['0.983', 2.502],
    ['shift-threshold, WWWW', 10.612],
  ])('%j is as wide as in Liberation Sans, within 3%%', (text, expected) => {
    expect(Math.abs(measureText(text, 1) / expected - 1)).toBeLessThan(0.03);
  });

  test('grows with the size', () => {
    expect(measureText('abc', 20)).toBe(2 * measureText('abc', 10));
    expect(measureText('', 10)).toBe(0);
  });

  test('counts accents as nothing and pictures as full squares', () => {
    expect(measureText('é', 1)).toBe(measureText('e', 1));
    expect(measureText('🌰', 10)).toBe(10);
  });
});
