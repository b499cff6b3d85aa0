import { expect, test } from 'vitest';
import { typicalDistance } from './typicalDistance.ts';

test('says how many are smaller, and how many times their median it is', () => {
  expect(typicalDistance(6, [5, 3, 8, 1])).toEqual({
    images: 4,
    below: 0.75,
    timesMedian: 1.5,
    timesLargest: 0.75,
  });
  expect(typicalDistance(6, [8, 6, 2])).toEqual({
    images: 3,
    below: 1 / 3,
    timesMedian: 1,
    timesLargest: 0.75,
  });
});

test('there is nothing to compare with without images, no ratio to zero', () => {
  expect(typicalDistance(6, [])).toBeNull();
  expect(typicalDistance(0, [0, 0])).toEqual({
    images: 2,
    below: 0,
    timesMedian: null,
    timesLargest: null,
  });
});
