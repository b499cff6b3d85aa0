import { expect, it } from 'vitest';
import { patchAt, patchBox, worstPatch } from './patchGrid.ts';

const PART = { x: 10, y: 0, width: 80, height: 40 };
const GRID = [4, 8] as const;

it('finds the patch under a point, and where it lies', () => {
  const patch = patchAt({ x: 35, y: 19 }, PART, GRID);
  expect(patch).toEqual({ column: 2, row: 1 });
  expect(patchBox(patch!, PART, GRID)).toEqual({ x: 30, y: 10, width: 10, height: 10 });
});

it('knows of none where the model does not look', () => {
  expect(patchAt({ x: 9, y: 5 }, PART, GRID)).toBeUndefined();
  expect(patchAt({ x: 90, y: 5 }, PART, GRID)).toBeUndefined();
});

it('finds the patch of the largest distance', () => {
  const distances = new Float32Array(32);
  distances[19] = 3;
  expect(worstPatch(distances, GRID)).toEqual({ column: 3, row: 2 });
});
