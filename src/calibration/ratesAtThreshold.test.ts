import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../core/random.ts';
import { BAND_CONFIDENCE, falsePositiveRate, missRate, rateBand } from './ratesAtThreshold.ts';

describe('the rates at a threshold', () => {
  it('count scores above it, not those that equal it', () => {
    const rate = falsePositiveRate([3, 1, 2, 2]);
    expect([0, 1, 1.5, 2, 3].map((threshold) => rate(threshold).count)).toEqual([4, 3, 3, 1, 0]);
    const missed = missRate([3, 1, 2, 2]);
    expect([0, 1, 1.5, 2, 3].map((threshold) => missed(threshold).count)).toEqual([0, 1, 1, 3, 4]);
  });

  it('lie within their bands, which narrow at the ends', () => {
    const rate = falsePositiveRate(Array.from({ length: 42 }, (_, i) => i));
    for (let threshold = -1; threshold < 43; threshold++) {
      const { count, n, low, high } = rate(threshold);
      expect(low).toBeLessThanOrEqual(count / n);
      expect(high).toBeGreaterThanOrEqual(count / n);
    }
    // Massart's band would reach from 0 to 0.21 there.
    expect(rate(50).low).toBe(0);
    expect(rate(50).high).toBeLessThan(0.16);
    expect(rate(-1).low).toBeGreaterThan(0.84);
  });

  it('count images set aside as above any threshold', () => {
    const rate = falsePositiveRate([1, 2, 3], 1);
    expect(rate(1e9)).toMatchObject({ count: 1, n: 4 });
  });

  it('know nothing without images', () => {
    expect(missRate([])(1)).toEqual({ count: 0, n: 0, low: 0, high: 1 });
  });
});

/** Scores of a detector: skewed, or of few different values. */
const DISTRIBUTIONS = {
  skewed: {
    draw: (random: Random) => -Math.log(1 - random.next()),
    above: (threshold: number) => Math.exp(-Math.max(threshold, 0)),
  },
  'of ten values': {
    draw: (random: Random) => random.integer(10),
    above: (threshold: number) => Math.min(Math.max((9 - Math.floor(threshold)) / 10, 0), 1),
  },
};

// Whoever looks at the scores may take any point. The worst for the promise lie at the scores and
// just below them, where the counts jump.
describe.each(Object.entries(DISTRIBUTIONS))('of %s scores', (_name, { draw, above }) => {
  it.each([20, 60])('hold at whatever point is chosen after looking, n = %i', (n) => {
    const draws = 1500;
    const random = createRandom(`rates ${n}`);
    const band = rateBand(n);
    let held = 0;
    for (let i = 0; i < draws; i++) {
      const scores = Array.from({ length: n }, () => draw(random));
      const rate = falsePositiveRate(scores, 0, band);
      const chosen = scores.flatMap((score) => [score, score - 1e-9]);
      const holds = chosen.every((threshold) => {
        const { low, high } = rate(threshold);
        const truth = above(threshold);
        return truth >= low - 1e-12 && truth <= high + 1e-12;
      });
      if (holds) held++;
    }
    const deviation = Math.sqrt((BAND_CONFIDENCE * (1 - BAND_CONFIDENCE)) / draws);
    expect(held / draws).toBeGreaterThan(BAND_CONFIDENCE - 3 * deviation);
  });
});

it('is wider than an interval for a point that was fixed before', () => {
  const { high } = falsePositiveRate(Array.from({ length: 42 }, (_, i) => i))(39);
  // scipy.stats.binomtest(2, 42).proportion_ci(0.95, 'exact').high
  expect(high).toBeGreaterThan(0.1617);
});
