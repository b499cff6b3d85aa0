import { expect, it } from 'vitest';
import { chooseSearchPlan } from './searchPlan.ts';

it('compares everything in small banks and short embeddings', () => {
  expect(chooseSearchPlan(999, 1536)).toEqual({ kind: 'brute' });
  expect(chooseSearchPlan(6546, 64)).toEqual({ kind: 'brute' });
});

it.each([
  [207, 64],
  [384, 128],
  [1024, 256],
  [1536, 256],
])('prunes %i dimensions with %i coordinates', (dimension, coordinates) => {
  const plan = chooseSearchPlan(6546, dimension);
  expect(plan).toEqual({ kind: 'pruned', coordinates, candidates: 4 });
});
