import { expect, test } from 'vitest';
import { imageScores, partScores, zoneScores } from './imageScores.ts';

const found = imageScores(
  'validation',
  [
    { label: 0, score: 7, distances: [1, 2, 3, 4] },
    { label: 1, score: 9, distances: [8, 0, 0, 0] },
  ],
  [2, 2],
  { rows: 4, columns: 1 },
);

test('an image is judged by its own score and by its patches', () => {
  expect(partScores(found, 'own')).toEqual({ part: 'validation', labels: [0, 1], scores: [7, 9] });
  expect(partScores(found, 'max').scores).toEqual([4, 8]);
  expect(partScores(found, 'mean').scores).toEqual([2.5, 2]);
});

test('there are no more zones than rows of patches', () => {
  expect(found.zones).toEqual({ rows: 2, columns: 1 });
  expect(found.zoneMaxima).toEqual([
    [2, 4],
    [8, 0],
  ]);
  expect(zoneScores(found, { centres: [2, 4], spreads: [2, 1] })).toEqual([0, 3]);
});
