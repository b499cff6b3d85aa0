import { expect, test } from 'vitest';
import { attentionMap, partShares, sumByPart, topChannels } from './attention.ts';
import { embeddingParts } from './embeddingParts.ts';

const parts = embeddingParts(
  [
    { name: 'fine', channels: 1 },
    { name: 'coarse', channels: 2 },
  ],
  undefined,
);

test('sums each patch by part', () => {
  expect([...sumByPart(Float64Array.of(1, 2, 3, 4, 5, 6), parts)]).toEqual([1, 5, 4, 11]);
});

test('maps distances and percentages over the grid', () => {
  // Two rows of two patches: 1 + 3, 4 + 12, 0 + 0, -1 + 10
  const sums = Float64Array.of(1, 3, 4, 12, 0, 0, -1, 10);
  expect(attentionMap(sums, 2, [2, 2])).toEqual({
    rows: 2,
    columns: 2,
    distance: [2, 4, 0, 3],
    parts: [
      [25, 25, 0, -11],
      [75, 75, 0, 111],
    ],
  });
});

test('draws fine grids in cells: the largest distance, the shares of all of it', () => {
  const [rows, columns] = [56, 30];
  const sums = new Float64Array(rows * columns);
  const [first, second] = [0, columns + 1];
  sums[first] = 1;
  sums[second] = 9;
  const both = Float64Array.from({ length: 2 * sums.length }, (_, i) =>
    i % 2 === 0 ? sums[i / 2]! : i === 1 ? 10 : 0,
  );
  const map = attentionMap(both, 2, [rows, columns]);
  expect([map.rows, map.columns]).toEqual([28, 15]);
  // Of one cell: 1 + 10 and 9 + 0.
  expect(map.distance[0]).toBe(3.32);
  expect([map.parts[0]![0], map.parts[1]![0]]).toEqual([50, 50]);
});

test('lists the largest channels by part', () => {
  const terms = Float64Array.of(1, 6, 3);
  expect(topChannels(terms, parts, 2)).toEqual([
    { part: 1, channel: 0, share: 0.6 },
    { part: 1, channel: 1, share: 0.3 },
  ]);
  expect(partShares(Float64Array.of(1, 9))).toEqual([0.1, 0.9]);
});

test('a patch at no distance has no shares', () => {
  expect(partShares(new Float64Array(2))).toEqual([0, 0]);
  expect(topChannels(new Float64Array(3), parts, 1)).toEqual([{ part: 0, channel: 0, share: 0 }]);
});
