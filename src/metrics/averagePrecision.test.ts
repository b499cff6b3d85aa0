import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWithShared, referenceJson } from '../../test/support/shared.ts';
import { averagePrecision, createAveragePrecisionSum } from './averagePrecision.ts';

interface Case {
  readonly label: number[];
  readonly score: number[];
  readonly average_precision: number;
}

describeWithShared('averagePrecision against the reference', () => {
  test.each(referenceJson<Case[]>('metrics_image.json').map((c) => [c.label.length, c] as const))(
    'agrees on %d samples',
    (_, { label, score, average_precision: expected }) => {
      expect(averagePrecision(score, label)).toBeCloseTo(expected, 9);
    },
  );
});

describe('createAveragePrecisionSum', () => {
  test('integrates precision over samples that are spread over many scores', () => {
    const sum = createAveragePrecisionSum();
    sum.add(1, 4);
    sum.addSpread(30, 20);
    sum.addSpread(9, 0);
    // (4 * 4 / 5 + scipy.integrate.quad(lambda t: 20 * (4 + 20 * t) / (5 + 50 * t), 0, 1)[0]) / 24
    expect(sum.value()).toBeCloseTo(0.5465965090932801, 12);
  });

  test('takes the highest samples by their share where they are spread', () => {
    const sum = createAveragePrecisionSum();
    sum.addSpread(30, 20);
    expect(sum.value()).toBeCloseTo(0.4, 12);
  });

  test('leaves out scores that nothing has', () => {
    const sum = createAveragePrecisionSum();
    sum.add(0, 0);
    sum.addSpread(0, 0);
    sum.add(1, 1);
    expect(sum.value()).toBe(0.5);
  });
});

describe('averagePrecision', () => {
  // sklearn.metrics.average_precision_score([0,1,0,1,1,0,1], [.5,.5,.5,.5,.2,.2,.9])
  test('takes tied scores as one threshold', () => {
    const scores = [0.5, 0.5, 0.5, 0.5, 0.2, 0.2, 0.9];
    expect(averagePrecision(scores, [0, 1, 0, 1, 1, 0, 1])).toBeCloseTo(0.6928571428571428, 12);
    expect(averagePrecision([1, 1, 1, 1], [0, 1, 0, 0])).toBe(0.25);
  });

  test('is exactly 1 for a perfect order', () => {
    expect(averagePrecision([0, 1, 2, 3, 4, 5, 6], [0, 1, 1, 1, 1, 1, 1])).toBe(1);
  });

  test('agrees with counting anew at every threshold', () => {
    const sample = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (drawn) => {
        const scores = drawn.map(([score]) => score);
        const labels = drawn.map(([, label]) => label);
        const expected = definition(scores, labels);
        if (expected === null) expect(averagePrecision(scores, labels)).toBeNull();
        else expect(averagePrecision(scores, labels)).toBeCloseTo(expected, 12);
      }),
    );
  });

  test('refuses scores that are not finite', () => {
    expect(() => averagePrecision([1, 2, Number.NaN], [0, 1, 1])).toThrow(/score 2/);
  });
});

function definition(scores: number[], labels: number[]): number | null {
  const positives = labels.filter((label) => label === 1).length;
  if (positives === 0 || positives === labels.length) return null;
  const thresholds = [...new Set(scores)].sort((a, b) => b - a);
  let sum = 0;
  let lastRecall = 0;
  for (const threshold of thresholds) {
    const flagged = labels.filter((_, i) => scores[i]! >= threshold);
    const caught = flagged.filter((label) => label === 1).length;
    sum += (caught / positives - lastRecall) * (caught / flagged.length);
    lastRecall = caught / positives;
  }
  return sum;
}
