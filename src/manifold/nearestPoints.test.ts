import { expect, test } from 'vitest';
import { wavePoints } from '../../test/support/wavePoints.ts';
import { distancesFrom, pairwiseDistances } from './distances.ts';
import { nearestPoints } from './nearestPoints.ts';

test('finds what sorting all of them finds', () => {
  const k = 7;
  const distances = pairwiseDistances(wavePoints(40, 5), 5);
  const found = nearestPoints(distances, k);
  for (let point = 0; point < 40; point++) {
    const own = distancesFrom(distances, point);
    const sorted = [...own.keys()]
      .filter((other) => other !== point)
      .sort((a, b) => own[a]! - own[b]! || a - b)
      .slice(0, k);
    expect([...found.indices.subarray(point * k, (point + 1) * k)]).toEqual(sorted);
    expect([...found.distances.subarray(point * k, (point + 1) * k)]).toEqual(
      sorted.map((other) => own[other]!),
    );
  }
});

test('of points equally far the first counts as nearer', () => {
  const square = pairwiseDistances(Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1), 2);
  expect([...nearestPoints(square, 2).indices]).toEqual([1, 2, 0, 3, 0, 3, 1, 2]);
});

test('distances are Euclidean and symmetric', () => {
  const { values } = pairwiseDistances(Float64Array.of(0, 0, 3, 4, 3, 0), 2);
  expect([...values]).toEqual([0, 5, 3, 5, 0, 4, 3, 4, 0]);
});
