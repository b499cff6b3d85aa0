import { describe, expect, it } from 'vitest';
import type { FloatMap } from '../../image/image.ts';
import { flawBoxes } from './flawBoxes.ts';

/** A map from rows of numbers. */
function mapOf(rows: readonly (readonly number[])[]): FloatMap {
  return { width: rows[0]!.length, height: rows.length, data: Float32Array.from(rows.flat()) };
}

const WHOLE = { resize: 4, crop: 4 };
const SAME_SIZE = { width: 4, height: 4 };

describe('flawBoxes', () => {
  it('frames each region above the threshold, highest peak first', () => {
    const map = mapOf([
      [5, 6, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 9],
      [0, 0, 0, 7],
    ]);
    expect(flawBoxes(map, 4, SAME_SIZE, WHOLE)).toEqual([
      { x: 3, y: 2, width: 1, height: 2, peak: 9 },
      { x: 0, y: 0, width: 2, height: 1, peak: 6 },
    ]);
  });

  it('joins pixels that touch at a corner, and leaves out what only reaches the threshold', () => {
    const map = mapOf([
      [5, 0, 0, 4],
      [0, 6, 0, 0],
      [0, 0, 0, 0],
      [4, 0, 0, 0],
    ]);
    expect(flawBoxes(map, 4, SAME_SIZE, WHOLE)).toEqual([
      { x: 0, y: 0, width: 2, height: 2, peak: 6 },
    ]);
  });

  it('orders equal peaks from top to bottom and left to right', () => {
    const map = mapOf([
      [0, 0, 0, 8],
      [0, 0, 0, 0],
      [8, 0, 0, 8],
      [0, 0, 0, 0],
    ]);
    const places = flawBoxes(map, 1, SAME_SIZE, WHOLE).map(({ x, y }) => [x, y]);
    expect(places).toEqual([
      [3, 0],
      [0, 2],
      [3, 2],
    ]);
  });

  it('gives pixels of the photograph, rounded outwards', () => {
    const map = mapOf([
      [0, 0, 0, 0],
      [0, 5, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(flawBoxes(map, 1, { width: 10, height: 400 }, WHOLE)).toEqual([
      { x: 2, y: 100, width: 3, height: 100, peak: 5 },
    ]);
  });

  it('lies within the cropped part of the photograph', () => {
    const map = mapOf([
      [5, 0],
      [0, 0],
    ]);
    const [box] = flawBoxes(map, 1, { width: 100, height: 200 }, { resize: 4, crop: 2 });
    expect(box).toEqual({ x: 25, y: 50, width: 25, height: 50, peak: 5 });
  });

  it('takes the region around the maximum where nothing is above the threshold', () => {
    // Mean 1, maximum 4: what reaches 2.5 around the maximum, but not the 3 elsewhere.
    const map = mapOf([
      [3, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 2, 4],
      [0, 0, 3, 4],
    ]);
    expect(flawBoxes(map, 10, SAME_SIZE, WHOLE)).toEqual([
      { x: 2, y: 2, width: 2, height: 2, peak: 4 },
    ]);
  });

  it('takes the whole of a flat map: something is wrong, but nowhere more than elsewhere', () => {
    const map = { width: 4, height: 4, data: new Float32Array(16).fill(0.1) };
    const [box, ...others] = flawBoxes(map, 1, { width: 8, height: 8 }, WHOLE);
    expect(others).toEqual([]);
    expect(box).toMatchObject({ x: 0, y: 0, width: 8, height: 8 });
    expect(box!.peak).toBeCloseTo(0.1);
  });

  it('handles maps below zero', () => {
    const map = { width: 2, height: 1, data: Float32Array.of(-3, -1) };
    expect(flawBoxes(map, -2, { width: 2, height: 1 }, { resize: 2, crop: 2 })).toEqual([
      { x: 1, y: 0, width: 1, height: 1, peak: -1 },
    ]);
  });
});
