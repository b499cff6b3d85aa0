import { expect, test } from 'vitest';
import { wavePoints } from '../../test/support/wavePoints.ts';
import { affinities } from './affinities.ts';
import { pairwiseDistances } from './distances.ts';
import { nearestPoints } from './nearestPoints.ts';

test('are those of scikit-learn', () => {
  const near = nearestPoints(pairwiseDistances(wavePoints(30, 5), 5), 29);
  const { first, second, probability } = affinities(near, 29, 10);
  const of = (a: number, b: number) =>
    probability[first.findIndex((one, pair) => one === a && second[pair] === b)]!;
  // squareform(sklearn.manifold._t_sne._joint_probabilities(squared distances, 10, 0)), 1.2.1;
  // it works in float32
  expect(of(1, 0)).toBeCloseTo(0.0021017244524968418, 7);
  expect(of(7, 3)).toBeCloseTo(0.0003741752933636518, 7);
  expect(of(29, 14)).toBeCloseTo(0.001971740402023056, 7);
  expect(probability.reduce((sum, value) => sum + value)).toBeCloseTo(0.5, 12);
});

test('of points that all coincide are equal', () => {
  const near = nearestPoints(pairwiseDistances(new Float64Array(10), 2), 4);
  const { probability } = affinities(near, 4, 2);
  expect(probability).toHaveLength(10);
  for (const value of probability) expect(value).toBeCloseTo(0.05, 12);
});
