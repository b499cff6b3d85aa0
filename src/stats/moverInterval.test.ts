import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { clopperPearson } from './clopperPearson.ts';
import { moverInterval } from './moverInterval.ts';

const proportion = (weight: number, count: number, total: number) => ({
  weight,
  value: count / total,
  interval: clopperPearson(count, total, 0.95),
});

describe('moverInterval', () => {
  test('of one estimate is its own, in other units', () => {
    const term = proportion(40, 3, 20);
    const { low, high } = moverInterval([term]);
    expect(low).toBeCloseTo(40 * term.interval.low, 12);
    expect(high).toBeCloseTo(40 * term.interval.high, 12);
  });

  test('adds distances to the limits as standard errors add', () => {
    const { low, high, confidence, method } = moverInterval([
      proportion(0.1, 5, 45),
      proportion(0.4, 2, 40),
    ]);
    // b = scipy.stats.beta.ppf; s = 0.1 * 5 / 45 + 0.4 * 2 / 40
    // s - hypot(0.1 * (5 / 45 - b(.025, 5, 41)), 0.4 * (2 / 40 - b(.025, 2, 39)))
    // s + hypot(0.1 * (b(.975, 6, 40) - 5 / 45), 0.4 * (b(.975, 3, 38) - 2 / 40))
    expect(low).toBeCloseTo(0.012059262908200235, 9);
    expect(high).toBeCloseTo(0.0805152638047059, 9);
    expect({ confidence, method }).toEqual({ confidence: 0.95, method: 'mover' });
  });

  test.each([
    [0.02, 0.02],
    [0.1, 0.3],
    [0, 0.1],
  ])('covers at rates of %d and %d', (first, second) => {
    const random = createRandom('mover');
    const count = (rate: number, total: number) =>
      Array.from({ length: total }, () => random.next()).filter((value) => value < rate).length;
    const truth = 0.1 * first + 0.4 * second;
    // Counts come back; their intervals are computed once.
    const known = new Map<string, boolean>();
    const trials = 3000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const counts = [count(first, 45), count(second, 20)] as const;
      const key = counts.join();
      const found = known.get(key) ?? holds(counts);
      known.set(key, found);
      if (found) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.95);

    function holds([a, b]: readonly [number, number]): boolean {
      const { low, high } = moverInterval([proportion(0.1, a, 45), proportion(0.4, b, 20)]);
      return low <= truth + 1e-12 && truth <= high;
    }
  });
});
