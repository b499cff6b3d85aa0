import { expect, it } from 'vitest';
import { wrapText } from './wrapText.ts';

const words = (count: number, length: number) =>
  Array.from({ length: count }, () => 'x'.repeat(length)).join(' ');

it('leaves a short text as it is', () => {
  expect(wrapText('a short text', 10)).toBe('a short text');
  expect(wrapText('', 4)).toBe('');
});

it('fills lines to 96 columns with the indent, and indents all but the first', () => {
  // Of the 86 columns beside the indent, seven words of 10 and six spaces take 76.
  const lines = wrapText(words(17, 10), 10).split('\n');
  expect(lines).toEqual([
    words(7, 10),
    `${' '.repeat(10)}${words(7, 10)}`,
    `${' '.repeat(10)}${words(3, 10)}`,
  ]);
});

it('uses the very last column', () => {
  expect(wrapText(`${'a'.repeat(90)} ${'b'.repeat(5)}`, 0)).not.toContain('\n');
  expect(wrapText(`${'a'.repeat(90)} ${'b'.repeat(6)}`, 0)).toContain('\n');
});

it('gives a word that is too long a line of its own', () => {
  expect(wrapText(`a ${'b'.repeat(200)} c`, 2)).toBe(`a\n  ${'b'.repeat(200)}\n  c`);
});
