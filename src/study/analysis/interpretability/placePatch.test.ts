import { expect, test } from 'vitest';
import { defectivePatches } from './defectivePatches.ts';
import { patchBox, placePatch } from './placePatch.ts';

const preprocessing = { resize: 224, crop: 224 };

test('places a patch on its photograph, with its surroundings', () => {
  const placed = placePatch(
    'test/a.png',
    { width: 560, height: 280 },
    28 + 2,
    [28, 28],
    preprocessing,
  );
  expect(placed).toEqual({
    image: 'test/a.png',
    width: 560,
    height: 280,
    row: 1,
    column: 2,
    cell: { x: 40, y: 10, width: 20, height: 10 },
    // Four cells around it, one above and two to the left.
    crop: { x: 0, y: 0, width: 140, height: 60 },
  });
});

test('within the part that a crop keeps', () => {
  const { cell } = placePatch('a', { width: 256, height: 256 }, 0, [4, 4], {
    resize: 256,
    crop: 128,
  });
  expect(cell).toEqual({ x: 64, y: 64, width: 32, height: 32 });
});

test('takes any pixel of a cell for a defective patch', () => {
  const mask = { width: 8, height: 8, data: new Uint8Array(64) };
  mask.data[3 * 8 + 5] = 1;
  const seen = { x: 0, y: 0, width: 8, height: 8 };
  const found = defectivePatches(mask, seen, [4, 4]);
  expect([...found.keys()].filter((patch) => found[patch] === 1)).toEqual([4 + 2]);
  expect(patchBox(6, [4, 4], seen)).toEqual({ x: 4, y: 2, width: 2, height: 2 });
});
