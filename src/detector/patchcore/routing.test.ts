import { expect, test } from 'vitest';
import { routingErrors } from './routing.ts';

/** Rows 0 to 3 come from category 0, rows 4 and 5 from category 1. */
const CATEGORIES = [0, 0, 0, 0, 1, 1];

test('counts the patches that find rows of another category', () => {
  const nearest = [Int32Array.of(0, 4, 1, 2), Int32Array.of(3, 3, 0, 0)];
  expect(routingErrors(nearest, CATEGORIES, 0)).toEqual({
    patches: { wrong: 1, total: 8, rate: 1 / 8 },
    images: { wrong: 0, total: 2, rate: 0 },
  });
  expect(routingErrors(nearest, CATEGORIES, 1).patches).toEqual({
    wrong: 7,
    total: 8,
    rate: 7 / 8,
  });
});

test('an image is misrouted when more than half of its patches are', () => {
  const half = Int32Array.of(0, 1, 4, 5);
  const more = Int32Array.of(0, 4, 4, 5);
  expect(routingErrors([half], CATEGORIES, 0).images.wrong).toBe(0);
  expect(routingErrors([half, more], CATEGORIES, 0).images).toEqual({
    wrong: 1,
    total: 2,
    rate: 0.5,
  });
});
