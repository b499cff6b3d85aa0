import { expect, test } from 'vitest';
import { classWeights } from './classWeights.ts';

test('give each class its share', () => {
  const weights = classWeights([0, 1, 0, 0, 1], 0.01)!;
  expect(weights).toEqual([0.33, 0.005, 0.33, 0.33, 0.005]);
});

test('need both classes', () => {
  expect(classWeights([0, 0], 0.5)).toBeNull();
  expect(classWeights([1], 0.5)).toBeNull();
  expect(classWeights([], 0.5)).toBeNull();
});
