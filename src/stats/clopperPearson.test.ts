import { describe, expect, test } from 'vitest';
import { clopperPearson } from './clopperPearson.ts';

describe('clopperPearson', () => {
  // scipy.stats.binomtest(successes, trials).proportion_ci(confidence, method='exact')
  test.each([
    [0, 1, 0.95, 0, 0.975],
    [1, 1, 0.95, 0.025000000000000022, 1],
    [0, 20, 0.95, 0, 0.16843347098308548],
    [20, 20, 0.95, 0.8315665290169145, 1],
    [7, 20, 0.95, 0.1539092047845412, 0.5921885345328283],
    [59, 60, 0.99, 0.8825926973991413, 0.9999164611258792],
    [1, 40, 0.9, 0.001281510522875753, 0.11318836094473747],
  ])('of %d in %d at %d', (successes, trials, confidence, low, high) => {
    const found = clopperPearson(successes, trials, confidence);
    expect(found).toMatchObject({ confidence, method: 'clopper-pearson' });
    expect(found.low).toBeCloseTo(low, 10);
    expect(found.high).toBeCloseTo(high, 10);
  });

  test('of a mean of counts lies between those of the counts around it', () => {
    const [below, between, above] = [7, 7.5, 8].map((count) => clopperPearson(count, 20, 0.95));
    expect(between!.low).toBeGreaterThan(below!.low);
    expect(between!.low).toBeLessThan(above!.low);
    expect(between!.high).toBeGreaterThan(below!.high);
    expect(between!.high).toBeLessThan(above!.high);
  });
});
