import { describe, expect, it } from 'vitest';
import { fineCoordinates, mostTableColumns, searchCost, twoBoundsPlans } from './searchPlan.ts';

describe('fineCoordinates', () => {
  it('are none in small banks and short embeddings', () => {
    expect(fineCoordinates(999, 1536)).toBeNull();
    expect(fineCoordinates(6546, 64)).toBeNull();
    expect(mostTableColumns(999, 1536)).toBe(0);
  });

  it.each([
    [207, 64],
    [384, 128],
    [1024, 256],
    [1536, 256],
  ])('of %i dimensions are %i', (dimension, coordinates) => {
    expect(fineCoordinates(6546, dimension)).toBe(coordinates);
  });
});

describe('twoBoundsPlans', () => {
  it.each([64, 256])('have fewer coarse coordinates than %i fine ones', (fine) => {
    const plans = twoBoundsPlans(fine);
    expect(plans.length).toBeGreaterThan(2);
    for (const plan of plans) {
      expect(plan.coarse).toBeLessThan(fine);
      expect(plan.mostSurvivors).toBeGreaterThan(plan.mostCandidates);
    }
  });

  it('need as many table columns as foreseen', () => {
    for (const { coarse } of twoBoundsPlans(256)) {
      const [first, finer, row] = [coarse + 2, 256 - coarse + 2, 2];
      expect(mostTableColumns(5000, 1536)).toBe(first + finer + row);
    }
  });
});

describe('searchCost', () => {
  const plan = twoBoundsPlans(256).find(({ coarse }) => coarse === 64)!;

  it('of brute force is every number of every row', () => {
    expect(searchCost(12_230, 1536, { kind: 'brute' })).toBe(12_230 * 1536);
  });

  it('grows with what stays open, beyond brute force where nothing is proven', () => {
    const few = { groups: 3, survivors: 12, candidates: 1 };
    const [proven, half, nothing] = [0, 0.5, 1].map((share) =>
      searchCost(12_230, 1536, plan, { ...few, open: share, unproven: share }),
    );
    const brute = searchCost(12_230, 1536, { kind: 'brute' });
    expect(proven).toBeLessThan(brute / 4);
    expect(half).toBeGreaterThan(proven!);
    expect(nothing).toBeGreaterThan(brute);
  });
});
