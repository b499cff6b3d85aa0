import { expect, test } from 'vitest';
import { planeOf, wavePoints } from '../../test/support/wavePoints.ts';
import { pairwiseDistances } from './distances.ts';
import { trustworthiness } from './trustworthiness.ts';

const points = wavePoints(40, 5);
const original = pairwiseDistances(points, 5);
const picture = pairwiseDistances(planeOf(points, 5), 2);

// sklearn.manifold.trustworthiness(X, X[:, :2], n_neighbors=k), scikit-learn 1.2.1
test.each([
  [1, 0.8664473684210526],
  [5, 0.84171875],
  [12, 0.8713178294573644],
])('of %i neighbours is that of scikit-learn', (k, expected) => {
  expect(trustworthiness(original, picture, k)).toBeCloseTo(expected, 12);
});

test('is 1 where nothing changes', () => {
  expect(trustworthiness(original, original, 9)).toBe(1);
});

test('is not defined for half of the points and more', () => {
  expect(trustworthiness(original, picture, 20)).toBeUndefined();
  expect(trustworthiness(original, picture, 0)).toBeUndefined();
});
