import { expect, it } from 'vitest';
import { evenIndices } from './evenIndices.ts';

it('spreads indices evenly', () => {
  expect(evenIndices(3, 500)).toEqual([0, 1, 2]);
  expect(evenIndices(10, 4)).toEqual([0, 2, 5, 7]);
  expect(evenIndices(0, 4)).toEqual([]);
});

it('never goes beyond the list, whatever its length', () => {
  for (let length = 1; length < 3000; length++) {
    const indices = evenIndices(length, 500);
    expect(new Set(indices).size).toBe(Math.min(length, 500));
    expect(indices.at(-1)!).toBeLessThan(length);
  }
});
