import { expect, test } from 'vitest';
import { amountText, neededSentence, quantity } from './plantSentence.ts';

test.each([
  [0, '0'],
  [0.0371, '0.037'],
  [4.44, '4.4'],
  [9.96, '10'],
  [97.6, '98'],
  [998, '998'],
  [19_960, '19,960'],
  [1e-7, '0.0000001'],
])('%d is written %s', (value, text) => {
  expect(quantity(value)).toBe(text);
});

test('amounts have their range', () => {
  const interval = { low: 1.48, high: 9.62, confidence: 0.95, method: 'mover' } as const;
  expect(amountText({ value: 4.44, interval })).toBe('4.4 (1.5 to 9.6)');
  expect(amountText({ value: 4.44, interval: null })).toBe('4.4');
});

test('says how many good images are missing', () => {
  expect(
    neededSentence({
      promisedFpr: 0.01,
      have: 41,
      onAverage: { needed: 99, more: 58 },
      withConfidence: { confidence: 0.95, needed: 299, more: 258 },
    }),
  ).toBe(
    'To promise at most 1% of good parts rejected takes 58 more good images than the 41 there ' +
      'are, and 258 more to promise it with 95% confidence.',
  );
});
