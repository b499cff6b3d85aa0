import { describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { confidentThreshold, conformalThreshold } from './conformalThreshold.ts';

/** 1 to n, out of order. */
const scores = (n: number) =>
  createRandom('scores').shuffle(Array.from({ length: n }, (_, i) => i + 1));

describe('conformalThreshold', () => {
  test('takes the k-th smallest score and says what it promises', () => {
    // scipy.stats.beta.ppf(0.95, 2, 40)
    expect(conformalThreshold(scores(41), 0.05)).toEqual({
      rule: 'conformal',
      threshold: 40,
      n: 41,
      k: 40,
      targetFpr: 0.05,
      averageFpr: 2 / 42,
      upperFpr: expect.closeTo(0.11055312897984333, 9),
    });
  });

  test('orders numbers, not their text, and leaves the scores as they were', () => {
    const given = [10, 9, -1, 1e-7, 200];
    expect(conformalThreshold(given, 0.4).threshold).toBe(10);
    expect(given).toEqual([10, 9, -1, 1e-7, 200]);
  });

  test('refuses too few images, saying how many it takes', () => {
    expect(() => conformalThreshold(scores(18), 0.05)).toThrow(
      /rate of 5% .* at least 19 normal .* 18/s,
    );
    expect(() => conformalThreshold(scores(41), 0.01)).toThrow(/rate of 1% .* at least 99/s);
    expect(conformalThreshold(scores(19), 0.05).threshold).toBe(19);
  });

  test('falls back to the maximum when told, with the promise of that', () => {
    // scipy.stats.beta.ppf(0.95, 1, 12)
    expect(conformalThreshold(scores(12), 0.05, 'maximum')).toEqual({
      rule: 'maximum',
      threshold: 12,
      n: 12,
      k: 12,
      targetFpr: 0.05,
      averageFpr: 1 / 13,
      upperFpr: expect.closeTo(0.22092219194555582, 9),
    });
    expect(conformalThreshold(scores(19), 0.05, 'maximum').rule).toBe('conformal');
  });

  test('counts images set aside as above it', () => {
    // Of 41, one aside: the 40th smallest is the largest of the others.
    expect(conformalThreshold(scores(40), 0.05, 'refuse', 1)).toMatchObject({
      rule: 'conformal',
      threshold: 40,
      n: 41,
      k: 40,
      averageFpr: 2 / 42,
      setAside: 1,
    });
    expect(conformalThreshold(scores(40), 0.05)).not.toHaveProperty('setAside');
  });

  test('says how many images it takes beside those set aside', () => {
    expect(() => conformalThreshold(scores(37), 0.05, 'refuse', 1)).toThrow(
      /at least 39 normal .* 38, of which 1 were set aside/s,
    );
    expect(conformalThreshold(scores(38), 0.05, 'refuse', 1).k).toBe(38);
    // scipy.stats.beta.ppf(0.95, 2, 18)
    expect(conformalThreshold(scores(18), 0.05, 'maximum', 1)).toMatchObject({
      rule: 'maximum',
      threshold: 18,
      n: 19,
      k: 18,
      averageFpr: 0.1,
      upperFpr: expect.closeTo(0.22637424927237804, 9),
    });
  });

  test('refuses no scores, even with the fallback', () => {
    expect(() => conformalThreshold([], 0.05)).toThrow(/at least 19/);
    expect(() => conformalThreshold([], 0.05, 'maximum')).toThrow(/at least 19/);
  });

  test('refuses scores that are not finite', () => {
    expect(() => conformalThreshold([1, Number.NaN], 0.5)).toThrow(/finite/);
    expect(() => conformalThreshold([1, Number.NEGATIVE_INFINITY], 0.5)).toThrow(/-Infinity/);
  });

  test('keeps its promise over many calibration sets, ties included', () => {
    const random = createRandom('promise');
    const draw = (n: number) => Array.from({ length: n }, () => Math.round(random.normal() * 20));
    const trials = 4000;
    let falseAlarms = 0;
    let promised = 0;
    for (let i = 0; i < trials; i++) {
      const { threshold, averageFpr } = conformalThreshold(draw(30), 0.1);
      promised = averageFpr;
      if (draw(1)[0]! > threshold) falseAlarms++;
    }
    expect(promised).toBeCloseTo(3 / 31, 12);
    // At most the promise, plus four standard deviations of the estimate.
    expect(falseAlarms / trials).toBeLessThan(promised + 4 * Math.sqrt(0.1 / trials));
    expect(falseAlarms / trials).toBeGreaterThan(0.06);
  });
});

describe('confidentThreshold', () => {
  test('is high enough for this very set', () => {
    const found = confidentThreshold(scores(100), 0.05);
    expect(found).toMatchObject({ rule: 'confident', threshold: 99, n: 100, k: 99 });
    expect(found.upperFpr).toBeLessThanOrEqual(0.05);
  });

  test('refuses too few images, saying how many it takes', () => {
    expect(() => confidentThreshold(scores(58), 0.05)).toThrow(/at least 59 .* 58/s);
    expect(() => confidentThreshold(scores(59), 0.01)).toThrow(/at least 299/);
  });
});
