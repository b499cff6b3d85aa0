import { expect, test } from 'vitest';
import { estimated, fixed, percent, pValue, signed, thousands, withInterval } from './numbers.ts';

test('fixed has a real minus, and none before a zero', () => {
  expect([fixed(0.98), fixed(-0.0567, 2), fixed(-0.0001)]).toEqual(['0.980', '−0.06', '0.000']);
});

test('signed says which way', () => {
  expect([signed(0.043), signed(-0.5, 1), signed(0), signed(0.0001)]).toEqual([
    '+0.043',
    '−0.5',
    '0.000',
    '0.000',
  ]);
});

test('percent and thousands', () => {
  expect([percent(0.05), percent(1 / 21), percent(1)]).toEqual(['5%', '4.76%', '100%']);
  expect([thousands(20000), thousands(999)]).toEqual(['20\u2009000', '999']);
});

test('p-values', () => {
  const told = [0.0001, 0.0234, 0.5].map((p) => pValue(p).source.replaceAll('\u00a0', ' '));
  expect(told).toEqual(['$p$#" ";#"< 0.001";', '$p$#" ";#"= 0.023";', '$p$#" ";#"= 0.50";']);
});

test('intervals stand beside their value, and end where they end', () => {
  const interval = { low: 0.7, high: 1, confidence: 0.95, method: 'bca' } as const;
  const told = '#"0.980"; #ci([#"0.700";], [#"1.000";]);';
  expect(withInterval(0.98, interval).source).toBe(told);
  expect(estimated({ value: 0.98, n: 1, deviation: null, interval })?.source).toBe(told);
  expect(estimated({ value: null, n: 0, deviation: null, interval: null })).toBeNull();
  expect(estimated(undefined)).toBeNull();
});
