import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { confusion, f1 } from './confusion.ts';
import { f1Optimal } from './f1Optimal.ts';

interface Case {
  readonly label: number[];
  readonly score: number[];
  readonly f1_max: number;
  readonly f1_max_threshold: number;
}

describeWithShared('f1Optimal against the reference', () => {
  test.each(referenceJson<Case[]>('metrics_image.json').map((c) => [c.label.length, c] as const))(
    'agrees on %d samples',
    (_, { label, score, f1_max, f1_max_threshold }) => {
      const found = f1Optimal(score, label)!;
      expect(found.f1).toBeCloseTo(f1_max, 9);
      expect(found.lowestFlagged).toBe(f1_max_threshold);
      expect(f1(confusion(score, label, found.threshold))).toBeCloseTo(f1_max, 9);
    },
  );
});

describe('f1Optimal', () => {
  test('puts the threshold midway in the gap it cuts', () => {
    expect(f1Optimal([1, 2, 4, 6], [0, 0, 1, 1])).toEqual({
      f1: 1,
      lowestFlagged: 4,
      threshold: 3,
    });
  });

  test('takes the lowest of equal optima, which misses fewer anomalies', () => {
    // At 9: tp 1, fn 1: F1 2/3. At 6: tp 2, fp 2: F1 4/6 too.
    const found = f1Optimal([9, 8, 7, 6, 1], [1, 0, 0, 1, 0])!;
    expect(found).toEqual({ f1: 2 / 3, lowestFlagged: 6, threshold: 3.5 });
  });

  test('stays below the lowest score where all are flagged', () => {
    expect(f1Optimal([3, 4], [1, 1])).toEqual({ f1: 1, lowestFlagged: 3, threshold: 3 - 3e-6 });
    expect(f1Optimal([0, 0], [1, 0])!.threshold).toBe(-1e-6);
    const inFloat32 = f1Optimal([1000, 1000], [1, 1])!.threshold;
    expect(Math.fround(inFloat32)).toBeLessThan(1000);
  });

  test('still flags between neighbouring numbers', () => {
    const above = 1 + 2 * Number.EPSILON;
    const below = 1 + Number.EPSILON;
    const { threshold } = f1Optimal([above, below], [1, 0])!;
    expect(threshold).toBe(below);
  });

  test('is null without anomalous samples', () => {
    expect(f1Optimal([1, 2], [0, 0])).toBeNull();
    expect(f1Optimal([], [])).toBeNull();
  });

  test('no threshold is better, and the one given reaches it', () => {
    const sample = fc.tuple(
      fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
      fc.constantFrom(0, 1),
    );
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 30 }), (drawn) => {
        const scores = drawn.map(([score]) => score);
        const labels = drawn.map(([, label]) => label);
        const found = f1Optimal(scores, labels);
        if (found === null) {
          expect(labels).not.toContain(1);
          return;
        }
        const reached = [Number.NEGATIVE_INFINITY, ...scores].map((threshold) =>
          f1(confusion(scores, labels, threshold)),
        );
        expect(found.f1).toBeCloseTo(Math.max(...reached.map(Number)), 12);
        expect(f1(confusion(scores, labels, found.threshold))).toBe(found.f1);
      }),
    );
  });

  test('refuses scores that are not finite', () => {
    expect(() => f1Optimal([1, Number.NaN], [0, 1])).toThrow(/score 1/);
  });
});
