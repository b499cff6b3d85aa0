import { describe, expect, test } from 'vitest';
import type { Interval } from './interval.ts';
import { moverDifference } from './moverDifference.ts';

const bounded = (value: number, low: number, high: number) => ({
  value,
  interval: { low, high, confidence: 0.95, method: 'newcombe' } satisfies Interval,
});

describe('moverDifference', () => {
  // Of two proportions with Wilson's intervals it is Newcombe's interval:
  // from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
  // confint_proportions_2indep(56, 70, 48, 80, method='newcomb')
  // proportion_confint(56, 70, method='wilson'), proportion_confint(48, 80, method='wilson')
  test('agrees with statsmodels for independent estimates', () => {
    const found = moverDifference(
      bounded(0.8, 0.6918335550374695, 0.8769526075163705),
      bounded(0.6, 0.4904546500516038, 0.7003817240412906),
      0,
    );
    expect(found.low).toBeCloseTo(0.05243147240236498, 12);
    expect(found.high).toBeCloseTo(0.33387265403690614, 12);
    expect(found).toMatchObject({ confidence: 0.95, method: 'mover' });
  });

  test('is narrower the more the estimates go together, and a point for what is the same', () => {
    const [a, b] = [bounded(0.8, 0.7, 0.9), bounded(0.75, 0.65, 0.85)];
    const widths = [-1, 0, 0.5, 1].map((correlation) => {
      const { low, high } = moverDifference(a, b, correlation);
      return high - low;
    });
    expect(widths[0]).toBeCloseTo(0.4, 12);
    expect(widths[1]).toBeCloseTo(Math.SQRT2 * 0.2, 12);
    expect(widths[2]).toBeCloseTo(0.2, 12);
    expect(widths[3]).toBeCloseTo(0, 6);
  });

  test('of two perfect results holds what either may lack', () => {
    const { low, high } = moverDifference(bounded(1, 0.93, 1), bounded(1, 0.96, 1), 0);
    expect(low).toBeCloseTo(-0.07, 12);
    expect(high).toBeCloseTo(0.04, 12);
  });
});
