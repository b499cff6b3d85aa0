import { expect, test } from 'vitest';
import { fewestPairs } from './fewestPairs.ts';
import { wilcoxonSignedRank } from './wilcoxonSignedRank.ts';

test.each([
  [0.05, 6],
  [0.01, 8],
  [0.1, 5],
  [1, 1],
])('for a level of %d are %d', (level, pairs) => {
  expect(fewestPairs(level)).toBe(pairs);
});

test('are where the signed-rank test begins to reach the level', () => {
  const smallest = (pairs: number) =>
    wilcoxonSignedRank(Array.from({ length: pairs }, (_, i) => i + 1)).pValue!;
  expect(smallest(fewestPairs(0.05))).toBeLessThanOrEqual(0.05);
  expect(smallest(fewestPairs(0.05) - 1)).toBeGreaterThan(0.05);
});
