import { expect, it } from 'vitest';
import { countBins, rangeOf, ticksOf } from './bins.ts';

it('counts every score once, the outermost in the outermost bins', () => {
  const range = rangeOf([1, 2, 3]);
  expect(range).toEqual({ low: 0.9, high: 3.1 });
  expect(countBins([1, 2, 3, 99, -99], range, 2)).toEqual([2, 3]);
});

it('has an axis where there is one score, or none', () => {
  const { low, high } = rangeOf([4, 4]);
  expect(low).toBeLessThan(4);
  expect(high).toBeGreaterThan(4);
  expect(rangeOf([])).toEqual({ low: 0, high: 1 });
});

it('names round values', () => {
  expect(ticksOf({ low: 0.93, high: 3.1 }, 5)).toEqual([1, 1.5, 2, 2.5, 3]);
});
