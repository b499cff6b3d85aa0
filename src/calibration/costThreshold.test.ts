import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusion } from '../metrics/confusion.ts';
import { costCurve, costPerPart, costThreshold } from './costThreshold.ts';

const EVEN = { defectRate: 0.5, escapeCost: 1, falseRejectCost: 1 };

describe('costPerPart', () => {
  test('is what escapes and false rejects cost by their shares on the line', () => {
    const costs = { defectRate: 0.002, escapeCost: 50, falseRejectCost: 0.4 };
    // 0.002 x 50 x 0.1 + 0.998 x 0.4 x 0.05
    expect(costPerPart(costs, { recall: 0.9, fpr: 0.05 })).toBeCloseTo(0.02996, 12);
    expect(costPerPart(costs, { recall: 1, fpr: 0 })).toBe(0);
  });
});

describe('costThreshold', () => {
  const scores = [1, 2, 3, 5, 4, 6, 7, 8];
  const labels = [0, 0, 0, 0, 1, 1, 1, 1];

  test('follows what an escape costs', () => {
    // Above 5.5 one of four escapes, above 3.5 one of four is falsely rejected.
    const dear = costThreshold(scores, labels, { ...EVEN, escapeCost: 10 })!;
    expect(dear).toMatchObject({ threshold: 3.5, missed: 0, falselyFlagged: 1, ties: 0 });
    expect(dear.costPerPart).toBeCloseTo(0.125, 12);
    const cheap = costThreshold(scores, labels, { ...EVEN, escapeCost: 0.1 })!;
    expect(cheap).toMatchObject({ threshold: 5.5, missed: 1, falselyFlagged: 0, ties: 0 });
  });

  test('follows the share of defects on the line, not among the images', () => {
    const at = (defectRate: number) => costThreshold(scores, labels, { ...EVEN, defectRate })!;
    expect(at(0.9).threshold).toBe(3.5);
    expect(at(0.1).threshold).toBe(5.5);
    const many = Array.from({ length: 30 }, () => [4, 6, 7, 8]).flat();
    const more = costThreshold([...scores, ...many], [...labels, ...many.map(() => 1)], {
      ...EVEN,
      defectRate: 0.1,
    })!;
    expect(more.threshold).toBe(5.5);
  });

  test('states ties and takes the one with fewer escapes', () => {
    expect(costThreshold(scores, labels, EVEN)).toMatchObject({
      threshold: 3.5,
      missed: 0,
      falselyFlagged: 1,
      ties: 1,
    });
  });

  test('flags nothing, or everything, where that is cheapest', () => {
    const reversed = labels.map((label) => 1 - label);
    const rare = costThreshold(scores, reversed, { ...EVEN, defectRate: 0.1 })!;
    expect(rare).toMatchObject({ threshold: 8, missed: 4, falselyFlagged: 0 });
    const common = costThreshold(scores, reversed, { ...EVEN, defectRate: 0.9 })!;
    expect(common).toMatchObject({ threshold: 1 - 1e-6, missed: 0, falselyFlagged: 4 });
  });

  test('says how flat the optimum is', () => {
    // One of eleven anomalies lies below all normal images: above 40.25 it costs 1 / 22. Each
    // false reject adds 0.002, of which two fit into a tenth; another escape adds 1 / 22.
    const normal = Array.from({ length: 40 }, (_, i) => i + 1);
    const anomalous = [0.5, 40.5, 41, 42, 43, 44, 45, 46, 47, 48, 49];
    const truth = [...normal.map(() => 0), ...anomalous.map(() => 1)];
    const costs = { ...EVEN, falseRejectCost: 0.16 };
    const found = costThreshold([...normal, ...anomalous], truth, costs)!;
    expect(found).toMatchObject({ threshold: 40.25, within10Percent: { low: 38.5, high: 40.25 } });
    // The other optimum of equal cost lies beyond a dearer threshold.
    expect(costThreshold(scores, labels, EVEN)!.within10Percent).toEqual({ low: 3.5, high: 3.5 });
  });

  test('no threshold is cheaper', () => {
    const image = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1));
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const price = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(image, { minLength: 2, maxLength: 20 }),
        share,
        price,
        (images, defectRate, escapeCost) => {
          const costs = { defectRate, escapeCost, falseRejectCost: 1 };
          const own = images.map(([score]) => score);
          const truth = images.map(([, label]) => label);
          const found = costThreshold(own, truth, costs);
          const anomalous = truth.filter((label) => label === 1).length;
          if (anomalous === 0 || anomalous === truth.length) {
            expect(found).toBeNull();
            return;
          }
          const costAt = (threshold: number) => {
            const { tp, fp } = confusion(own, truth, threshold);
            const rates = { recall: tp / anomalous, fpr: fp / (truth.length - anomalous) };
            return costPerPart(costs, rates);
          };
          const least = Math.min(...[-1, ...own].map(costAt));
          expect(found!.costPerPart).toBeCloseTo(least, 10);
          expect(costAt(found!.threshold)).toBeCloseTo(least, 10);
        },
      ),
    );
  });

  test('needs both classes', () => {
    expect(costThreshold([1, 2], [0, 0], EVEN)).toBeNull();
    expect(costCurve([1, 2], [1, 1], EVEN)).toBeNull();
  });
});
