import { describe, expect, it, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { calibrate } from './calibrate.ts';
import type { CalibrationScore } from './calibration.ts';
import { thresholdBand } from './thresholdBand.ts';

const scored = (score: number, label: 'normal' | 'anomalous' = 'normal'): CalibrationScore => ({
  id: String(score),
  label,
  score,
  mapMaximum: score,
});
const bandOf = (scores: readonly CalibrationScore[], setAside = 0) => {
  const { image } = calibrate({ scores, fpr: undefined, setAside });
  return { ...thresholdBand(image, scores, createRandom(1)), threshold: image.threshold };
};
const upTo = (n: number) => Array.from({ length: n }, (_, i) => scored(i + 1));

describe('thresholdBand', () => {
  // p = k / (n + 1), k = ceil((n + 1) * .95)
  // low: max(r for r in range(1, k + 1) if binom.cdf(r - 1, n, p) <= .05)
  // high: min(s for s in range(k, n + 2) if binom.sf(s - 1, n, p) <= .05)
  it.each([
    [60, 54, 60],
    [100, 91, 99],
    [299, 278, 291],
  ])('of %d scores lies between their ranks, as scipy has them', (n, low, high) => {
    expect(bandOf(upTo(n))).toMatchObject({ low, high });
  });

  it('ends beyond the highest score where none is high enough', () => {
    const { low, high, threshold } = bandOf(upTo(19));
    expect(threshold).toBe(19);
    expect(low).toBeLessThan(19);
    // Five spacings of 1 above 14: their sum is 15, the scale 15 / gamma.ppf(.05, 5), the place
    // log((5 + 1) / 1) of it above 14.
    expect(high).toBeCloseTo(14 + (15 / 1.9701495680595302) * Math.log(6), 6);
  });

  it('has scores set aside above all others', () => {
    const known = bandOf(upTo(103));
    const aside = bandOf(upTo(100), 3);
    expect(aside.threshold).toBe(known.threshold);
    expect(aside.low).toBe(known.low);
    // The rank of the upper end is among those set aside.
    expect(known.high).toBe(102);
    expect(aside.high).toBeGreaterThan(100);
  });

  it('says nothing from one image, little from two', () => {
    expect(bandOf([scored(5)])).toEqual({ low: 5, high: 5, threshold: 5 });
    const two = bandOf([scored(4), scored(5)]);
    expect(two.low).toBe(4);
    expect(two.high).toBeGreaterThan(10);
  });

  it('of an F1 threshold is narrow where classes lie apart, wide where they mix', () => {
    const random = createRandom('f1');
    const mixed = [
      ...Array.from({ length: 40 }, () => scored(10 + random.normal())),
      ...Array.from({ length: 20 }, () => scored(12 + random.normal(), 'anomalous')),
    ];
    const apart = [...upTo(10), scored(20, 'anomalous'), scored(21, 'anomalous')];
    const narrow = bandOf(apart);
    // Between 9 or 10 and 20 or 21, but for few resamples.
    expect(narrow.low).toBeGreaterThan(13);
    expect(narrow.high).toBeLessThanOrEqual(15.5);
    const wide = bandOf(mixed);
    expect(wide.low).toBeLessThan(wide.threshold);
    expect(wide.high - wide.low).toBeGreaterThan(0.5);
    expect(bandOf(mixed)).toEqual(wide);
  });
});

describe('a band of many calibration sets', () => {
  const draws = {
    exponential: (next: () => number) => -Math.log(1 - next()),
    uniform: (next: () => number) => next(),
  };
  const quantiles = {
    exponential: (share: number) => -Math.log(1 - share),
    uniform: (share: number) => share,
  };

  test.each([
    [19, 'exponential'],
    [42, 'exponential'],
    [100, 'exponential'],
    [42, 'uniform'],
    [100, 'uniform'],
  ] as const)('holds the quantile of %d %s scores nine times of ten', (n, kind) => {
    const random = createRandom(`${n} ${kind}`);
    const sets = 600;
    let held = 0;
    for (let set = 0; set < sets; set++) {
      const scores = Array.from({ length: n }, () => scored(draws[kind](random.next)));
      const { image } = calibrate({ scores, fpr: undefined });
      const { low, high } = thresholdBand(image, scores, random);
      const { k } = image.rule === 'f1-optimal' ? image.conformal : image;
      const truth = quantiles[kind](k / (n + 1));
      if (low <= truth && truth <= high) held++;
    }
    // Three standard errors of a share of 0.9.
    expect(held / sets).toBeGreaterThan(0.9 - 3 * Math.sqrt(0.09 / sets));
  });
});
