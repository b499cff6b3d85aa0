import { expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { rowsInGroups } from './rowGroups.ts';

it('cuts across the longest axis, and the halves again', () => {
  // Rows of a grid, 4 long and 2 wide: first the length is halved, then the halves' own.
  const rows = [3, 0, 1, 2].flatMap((x) => [
    [10 * x, 0],
    [10 * x, 1],
  ]);
  const order = rowsInGroups(Float32Array.from(rows.flat()), 2, 2);
  const groups = [0, 2, 4, 6].map((at) => [...order.subarray(at, at + 2)].map((i) => rows[i]![0]));
  expect(groups).toEqual([
    [0, 0],
    [10, 10],
    [20, 20],
    [30, 30],
  ]);
});

it.each([1, 7, 8, 9, 63, 64, 65, 100])('takes each of %i rows once, equal ones too', (count) => {
  const random = createRandom('groups');
  const rows = Float32Array.from({ length: count * 3 }, () => random.integer(3));
  const order = rowsInGroups(rows, 3, 8);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(rowsInGroups(rows, 3, 8)).toEqual(order);
});

it('leaves only the last group unfilled, so that groups are neighbours', () => {
  const random = createRandom('fill');
  const centres = Array.from({ length: 16 }, () => [50 * random.normal(), 50 * random.normal()]);
  const rows = centres.flatMap((centre) => Array.from({ length: 8 }, () => centre)).flat();
  const order = rowsInGroups(Float32Array.from(rows), 2, 8);
  for (let group = 0; group < 16; group++) {
    const own = new Set([...order.subarray(group * 8, group * 8 + 8)].map((row) => row >> 3));
    expect(own.size).toBe(1);
  }
});
