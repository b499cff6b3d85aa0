import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialTail } from '../stats/binomialTail.ts';
import { confidentRank, conformalRank, imagesNeeded } from './conformalRank.ts';

describe('conformalRank', () => {
  // python3 -c "from fractions import Fraction as F; from math import ceil
  // print([ceil((n + 1) * (1 - F(a))) for n, a in ((41, '0.05'), ...)])"
  test.each([
    [41, 0.05, 40],
    [19, 0.05, 19],
    [99, 0.01, 99],
    [99, 0.29, 71],
    [9, 0.7, 3],
    [12, 0.1, 12],
    [1999, 0.001, 1998],
    [1, 0.5, 1],
    [10, 0.999, 1],
    [1, 1 - 1e-15, 1],
  ])('of %d scores at %d is %d', (n, fpr, rank) => {
    expect(conformalRank(n, fpr)).toBe(rank);
  });

  test('there is none with fewer images than needed', () => {
    expect(conformalRank(18, 0.05)).toBeNull();
    expect(conformalRank(98, 0.01)).toBeNull();
    expect(conformalRank(0, 0.999)).toBeNull();
  });

  test('is the ceiling in exact arithmetic for every rate in thousandths', () => {
    const thousandths = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), thousandths, (n, rate) => {
        const exact = Math.ceil(((n + 1) * (1000 - rate)) / 1000);
        expect(conformalRank(n, rate / 1000)).toBe(exact > n ? null : exact);
      }),
    );
  });
});

describe('confidentRank', () => {
  // The smallest k with scipy.stats.binom.sf(k - 1, n, 1 - a) <= 1 - confidence.
  test.each([
    [59, 0.05, 0.95, 59],
    [100, 0.05, 0.95, 99],
    [200, 0.05, 0.95, 196],
    [93, 0.05, 0.95, 92],
    [299, 0.01, 0.95, 299],
    [1000, 0.01, 0.95, 996],
    [50, 0.1, 0.9, 49],
  ])('of %d scores at %d with confidence %d is %d', (n, fpr, confidence, rank) => {
    expect(confidentRank(n, fpr, confidence)).toBe(rank);
  });

  test('there is none with fewer images than needed', () => {
    expect(confidentRank(58, 0.05, 0.95)).toBeNull();
    expect(confidentRank(298, 0.01, 0.95)).toBeNull();
    expect(confidentRank(0, 0.5, 0.5)).toBeNull();
  });

  test('is enough, and one less is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 800 }), (n) => {
        const rank = confidentRank(n, 0.05, 0.95)!;
        expect(binomialTail(rank, n, 0.95)).toBeLessThanOrEqual(0.05 + 1e-12);
        expect(binomialTail(rank - 1, n, 0.95)).toBeGreaterThan(0.05);
      }),
    );
  });
});

describe('imagesNeeded', () => {
  test.each([
    [0.05, 19],
    [0.01, 99],
    [0.03, 33],
    [0.5, 1],
    [0.999, 1],
    [1 / 49, 48],
  ])('for %d on average is %d', (fpr, images) => {
    expect(imagesNeeded(fpr)).toBe(images);
  });

  test.each([
    [0.05, 0.95, 59],
    [0.01, 0.95, 299],
    [0.5, 0.75, 2],
  ])('for %d with confidence %d is %d', (fpr, confidence, images) => {
    expect(imagesNeeded(fpr, confidence)).toBe(images);
  });

  test('is exactly where ranks begin to exist', () => {
    const rate = fc.oneof(
      fc.integer({ min: 2, max: 2000 }).map((n) => 1 / n),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    );
    const confidence = fc.double({ min: 0.5, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(rate, confidence, (fpr, confidence) => {
        const average = imagesNeeded(fpr);
        expect(conformalRank(average, fpr)).toBe(average);
        expect(conformalRank(average - 1, fpr)).toBeNull();
        const confident = imagesNeeded(fpr, confidence);
        expect(confidentRank(confident, fpr, confidence)).not.toBeNull();
        expect(confidentRank(confident - 1, fpr, confidence)).toBeNull();
      }),
    );
  });
});

test.each([0, 1, -0.1, 5, Number.NaN])('refuses %d as a rate or a confidence', (share) => {
  expect(() => conformalRank(50, share)).toThrow(/false positive rate is out of range/);
  expect(() => imagesNeeded(share)).toThrow(/false positive rate is out of range/);
  expect(() => confidentRank(50, share, 0.95)).toThrow(/false positive rate is out of range/);
  expect(() => confidentRank(50, 0.05, share)).toThrow(/confidence is out of range/);
  expect(() => imagesNeeded(0.05, share)).toThrow(/confidence is out of range/);
});
