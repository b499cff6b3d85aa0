import { expect, test } from 'vitest';
import { drawn, marksOf } from '../../../test/support/drawn.ts';
import { promiseDots } from './promiseDots.ts';

test('has a dot and an interval for each rate, and a tick where one was promised', async () => {
  const dot = { panel: 'clean', method: 'padim' as const, value: 0.1, low: 0, high: 0.4, n: 10 };
  const dots = [
    { ...dot, label: 'conformal', promised: 0.09 },
    { ...dot, label: 'highest F1', promised: null },
    { ...dot, label: 'quantile', promised: null, low: null, high: null },
  ];
  const svg = await drawn(promiseDots({ id: 'p', title: 'P', sentence: 'S.' }, dots, 'flagged'));
  expect(marksOf(svg, 'symbol')).toBe(3);
  expect(marksOf(svg, 'rule')).toBe(2);
  expect(marksOf(svg, 'rect')).toBe(1);
});
