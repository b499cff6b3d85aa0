import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusion } from '../metrics/confusion.ts';
import { leastLoss, scoreCuts } from './scoreCuts.ts';

describe('scoreCuts', () => {
  test('go from nothing flagged to everything', () => {
    expect(scoreCuts([1, 2, 2, 4], [0, 0, 1, 1])).toEqual([
      { threshold: 4, missed: 2, falselyFlagged: 0 },
      { threshold: 3, missed: 1, falselyFlagged: 0 },
      { threshold: 1.5, missed: 0, falselyFlagged: 1 },
      { threshold: 1 - 1e-6, missed: 0, falselyFlagged: 2 },
    ]);
    expect(scoreCuts([], [])).toEqual([]);
  });

  test('count what their threshold does', () => {
    const image = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 20 }), (images) => {
        const scores = images.map(([score]) => score);
        const labels = images.map(([, label]) => label);
        const cuts = scoreCuts(scores, labels);
        expect(cuts).toHaveLength(new Set(scores).size + 1);
        for (const { threshold, missed, falselyFlagged } of cuts) {
          const { fn, fp } = confusion(scores, labels, threshold);
          expect([missed, falselyFlagged]).toEqual([fn, fp]);
        }
      }),
    );
  });

  test('refuse scores that are not finite', () => {
    expect(() => scoreCuts([1, Number.NaN], [0, 1])).toThrow(/score 1/);
  });
});

describe('leastLoss', () => {
  test('takes the last of the smallest and counts the others', () => {
    expect(leastLoss([3, 1, 2, 1, 4])).toEqual({ place: 3, ties: 1 });
    expect(leastLoss([0.1 + 0.2, 0.3, 1])).toEqual({ place: 1, ties: 1 });
    expect(leastLoss([0, 1e-15])).toEqual({ place: 0, ties: 0 });
  });
});
