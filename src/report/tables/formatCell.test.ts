import { describe, expect, test } from 'vitest';
import { formatCell, formatNumber } from './formatCell.ts';
import { numberCell } from './table.ts';

describe('formatCell', () => {
  test.each([
    ['text as it is', 'as |it| is', 'as |it| is'],
    ['a number to its digits', numberCell(0.98349), '0.983'],
    [
      'its interval and count',
      numberCell(0.5, 2, { interval: { low: -0.25, high: 1 }, n: 20 }),
      '0.50 [−0.25, 1.00], n = 20',
    ],
    ['a unit apart', numberCell(12.44, 1, { unit: 'ms' }), '12.4 ms'],
    ['percent together', numberCell(12.44, 1, { unit: '%' }), '12.4%'],
    [
      'the reason where there is none',
      numberCell(null, 3, { reason: 'one class', n: 3 }),
      'not computable: one class',
    ],
    ['that there is none', numberCell(null), 'not computable: not defined'],
    ['no interval where there is none', numberCell(1, 0, { interval: null }), '1'],
  ])('shows %s', (_, cell, expected) => {
    expect(formatCell(cell)).toBe(expected);
  });

  test.each([NaN, Infinity, -Infinity])('never shows %d', (value) => {
    expect(formatCell(numberCell(value))).toBe('not computable: not defined');
  });
});

test.each([
  [-0.00001, 3, '0.000'],
  [-0, 0, '0'],
  [-1.5, 1, '−1.5'],
  [2, 0, '2'],
])('formatNumber(%d, %d) is %s', (value, digits, expected) => {
  expect(formatNumber(value, digits)).toBe(expected);
});
