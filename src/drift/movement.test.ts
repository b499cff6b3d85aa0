import { describe, expect, it } from 'vitest';
import { movements } from './movement.ts';

describe('movements', () => {
  it('are differences of medians in robust standard deviations, the furthest first', () => {
    // from scipy.stats import median_abs_deviation as mad
    // (np.median(later) - np.median(before)) / mad(before, scale='normal')
    const before = { light: [1, 2, 3, 4, 100], focus: [10, 12, 11], still: [5, 6, 7] };
    const later = { light: [5, 6], focus: [1, 2, 3], still: [6] };
    const found = movements(before, later);
    expect(found.map(({ descriptor }) => descriptor)).toEqual(['focus', 'light', 'still']);
    expect(found[0]!.moved).toBeCloseTo(-6.0704077518, 4);
    expect(found[1]!.moved).toBeCloseTo(1.6862243755, 4);
    expect(found[2]).toEqual({ descriptor: 'still', reference: 6, later: 6, moved: 0 });
  });

  it('have no unit where most images were equal', () => {
    const grey = { a: [1, 2, 3], grey: [0, 0, 0, 0.1] };
    expect(movements(grey, { a: [9], grey: [0.2] })).toEqual([
      { descriptor: 'grey', reference: 0, later: 0.2, moved: null },
      expect.objectContaining({ descriptor: 'a' }),
    ]);
    expect(movements(grey, { a: [9], grey: [0] })[1]!.moved).toBe(0);
  });
});
