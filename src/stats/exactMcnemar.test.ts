import { describe, expect, it } from 'vitest';
import { exactMcnemar } from './exactMcnemar.ts';

describe('exactMcnemar', () => {
  it.each([
    // scipy.stats.binomtest(x, n, 0.5).pvalue
    [8, 1, 0.0390625],
    [1, 8, 0.0390625],
    [3, 3, 1],
    [1, 0, 1],
    [12, 4, 0.076812744140625],
  ])('of %d and %d', (first, second, pValue) => {
    const found = exactMcnemar(first, second);
    expect(found.pValue).toBeCloseTo(pValue, 12);
    expect(found.statistic).toBe(first - second);
  });

  it('says nothing where nothing differs', () => {
    expect(exactMcnemar(0, 0)).toEqual({
      statistic: null,
      pValue: null,
      reason: 'both judge every image alike',
    });
  });
});
