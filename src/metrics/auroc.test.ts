import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { auroc } from './auroc.ts';

interface Case {
  readonly label: number[];
  readonly score: number[];
  readonly auroc: number;
}

describeWithShared('auroc against the reference', () => {
  test.each(referenceJson<Case[]>('metrics_image.json').map((c) => [c.label.length, c] as const))(
    'agrees on %d samples',
    (_, { label, score, auroc: expected }) => {
      expect(auroc(score, label)).toBeCloseTo(expected, 9);
    },
  );
});

describe('auroc', () => {
  // sklearn.metrics.roc_auc_score([0,1,0,1,1,0,1], [.5,.5,.5,.5,.2,.2,.9])
  test('counts ties half', () => {
    expect(auroc([0.5, 0.5, 0.5, 0.5, 0.2, 0.2, 0.9], [0, 1, 0, 1, 1, 0, 1])).toBe(0.625);
    expect(auroc([1, 1, 1], [0, 1, 1])).toBe(0.5);
    expect(auroc([0, -0], [0, 1])).toBe(0.5);
  });

  test('is 1 for a perfect order and 0 for the reverse', () => {
    expect(auroc([-3, -2, 5, 6], [0, 0, 1, 1])).toBe(1);
    expect(auroc([5, 6, -3, -2], [0, 0, 1, 1])).toBe(0);
  });

  test('agrees with comparing all pairs', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const scores = drawn.map(([score]) => score);
        const labels = drawn.map(([, label]) => label);
        expect(auroc(scores, labels)).toBe(shareOfPairsWon(drawn));
      }),
    );
  });

  test('is null where a class is missing', () => {
    expect(auroc([1, 2], [0, 0])).toBeNull();
    expect(auroc([1, 2], [1, 1])).toBeNull();
    expect(auroc([], [])).toBeNull();
  });

  test('takes typed arrays and leaves them as they were', () => {
    const scores = Float32Array.of(0.1, 0.9, 0.5);
    expect(auroc(scores, Uint8Array.of(0, 1, 0))).toBe(1);
    expect([...scores]).toEqual([...Float32Array.of(0.1, 0.9, 0.5)]);
  });

  test('refuses scores that are not finite, naming the first', () => {
    expect(() => auroc([1, Number.NaN], [0, 1])).toThrow(/score 1 cannot be ranked.*NaN/s);
    expect(() => auroc([Number.POSITIVE_INFINITY, 2], [0, 1])).toThrow(/score 0.*Infinity/s);
  });

  test('refuses labels that are none, or too few', () => {
    expect(() => auroc([1, 2], [0, 2])).toThrow(/label 1 is unknown/);
    expect(() => auroc([1, 2], [0])).toThrow(/1 labels/);
  });
});

const samples = fc.array(
  fc.tuple(
    fc.integer({ min: -5, max: 5 }).map((n) => n / 8),
    fc.constantFrom(0, 1),
  ),
  { maxLength: 30 },
);

function shareOfPairsWon(drawn: readonly (readonly [number, number])[]): number | null {
  let pairs = 0;
  let won = 0;
  for (const [anomalous, label] of drawn) {
    if (label === 0) continue;
    for (const [normal, other] of drawn) {
      if (other === 1) continue;
      pairs++;
      if (anomalous > normal) won++;
      else if (anomalous === normal) won += 0.5;
    }
  }
  return pairs === 0 ? null : won / pairs;
}
