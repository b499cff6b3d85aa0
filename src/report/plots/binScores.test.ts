import { describe, expect, it } from 'vitest';
import { binScores } from './binScores.ts';

describe('binScores', () => {
  // numpy.histogram([0, 1, 1, 2, 4], bins=4, range=(0, 4))[0] is [1, 2, 1, 1]
  it('counts as numpy does', () => {
    const bins = binScores([0, 1, 1, 2, 4], { low: 0, high: 4 }, 4);
    expect(bins.map(({ count }) => count)).toEqual([1, 2, 1, 1]);
    expect(bins.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });

  it('has room for scores that are all equal', () => {
    const bins = binScores([3, 3], { low: 3, high: 3 }, 2);
    expect(bins).toEqual([
      { from: 2.5, to: 3, count: 0 },
      { from: 3, to: 3.5, count: 2 },
    ]);
  });
});
