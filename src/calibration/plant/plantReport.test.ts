import { describe, expect, test } from 'vitest';
import type { TestScores, ValidationScores } from '../partScores.ts';
import { plantReport } from './plantReport.ts';

const LINE = {
  partsPerDay: 1000,
  defectRate: 0.1,
  escapeCost: 9,
  falseRejectCost: 1,
  currency: 'EUR',
  promisedFpr: 0.2,
};

const part = (normal: readonly number[], anomalous: readonly number[]) => ({
  scores: [...normal, ...anomalous],
  labels: [...normal.map(() => 0 as const), ...anomalous.map(() => 1 as const)],
});

const VALIDATION: ValidationScores = {
  part: 'validation',
  ...part([1, 2, 3, 4, 5, 6, 7, 8, 9, 12], [8.5, 10, 11, 13]),
};
const TEST: TestScores = { part: 'test', ...part([1, 5, 9, 11], [7, 12.5, 14, 15, 16]) };
const F1 = { rule: 'f1-optimal', threshold: 8.25 } as const;

const report = (input: Partial<Parameters<typeof plantReport>[0]>) =>
  plantReport(
    { own: F1, goodImages: 10, validation: VALIDATION, test: TEST, ...input },
    LINE,
    0.95,
  );
const ruleOf = (found: ReturnType<typeof plantReport>, rule: string) =>
  found.thresholds.find((one) => one.rule === rule)!;

describe('a plant report on test images', () => {
  const found = report({});

  test('judges every rule on the test images', () => {
    expect(found.judgedOn).toBe('test images');
    expect(found.defectsPerDay).toBe(100);
    expect(found.images).toEqual({
      validation: { normal: 10, anomalous: 4 },
      test: { normal: 4, anomalous: 5 },
    });
    // Above 8.25: 9 and 11 of four normal, four of five anomalous.
    expect(ruleOf(found, 'own')).toMatchObject({
      threshold: 8.25,
      recall: { value: 0.8, counted: { count: 4, total: 5 } },
      fpr: { value: 0.5, counted: { count: 2, total: 4 } },
      escapes: { value: expect.closeTo(20, 9) },
      falseRejects: { value: 450 },
      cost: { value: expect.closeTo(20 * 9 + 450, 9) },
      reason: null,
    });
    // The ninth of ten, by ceil(11 x 0.8).
    expect(ruleOf(found, 'promised')).toMatchObject({ threshold: 9, fpr: { value: 0.25 } });
    expect(ruleOf(found, 'flag-nothing').cost).toEqual({ value: 900, interval: null });
    expect(ruleOf(found, 'flag-everything').cost).toEqual({ value: 900, interval: null });
  });

  test('chooses the least cost on validation images, whatever the test images say', () => {
    // A miss costs 0.1 x 9 / 4 = 0.225 of a part's cost, a false reject 0.9 / 10 = 0.09. Above 9.5:
    // one of each, 0.315. Above 8.25: two false rejects, 0.18, less than anything else.
    expect(ruleOf(found, 'least-cost').threshold).toBe(8.25);
    expect(found.leastCost).toMatchObject({ threshold: 8.25, ties: 0 });
    expect(found.leastCost!.validationCost).toBeCloseTo(180, 9);
    const other = report({ test: { part: 'test', ...part([100], [0]) } });
    expect(ruleOf(other, 'least-cost').threshold).toBe(8.25);
  });

  test('has the cost of every threshold on both', () => {
    expect(found.curve).toHaveLength(15);
    // Above 13 nothing is flagged in validation; in test 7 and 12.5 of five escape.
    expect(found.curve[0]).toEqual({
      threshold: 13,
      validationCost: expect.closeTo(900, 9),
      testCost: expect.closeTo(360, 9),
    });
    const { threshold, validationCost, testCost } = found.curve.at(-1)!;
    expect(threshold).toBeLessThan(1);
    expect(validationCost).toBeCloseTo(900, 9);
    expect(testCost).toBeCloseTo(900, 9);
    const { within10Percent } = found.leastCost!;
    expect(within10Percent).toMatchObject({ low: 8.25, high: 8.25 });
    expect(within10Percent.testCost!.low).toBeCloseTo(630, 9);
  });

  test('says how many good images are missing', () => {
    expect(found.imagesNeeded).toMatchObject({
      promisedFpr: 0.2,
      have: 10,
      onAverage: { needed: 4, more: 0 },
      withConfidence: { needed: 14, more: 4 },
    });
  });
});

describe('a plant report without test images', () => {
  test('judges each image by the threshold that the others choose', () => {
    const found = report({ test: null });
    expect(found.judgedOn).toBe('validation images, each left out of the choice');
    // Without 8.5 an escape costs 0.3 of a part: above 9.5 one false reject, 0.09, is cheapest, and
    // 8.5 escapes. Without 8 the cut moves down to 7.75, so that 8 is rejected as 9 and 12 are.
    expect(ruleOf(found, 'least-cost')).toMatchObject({
      threshold: 8.25,
      recall: { counted: { count: 3, total: 4 } },
      fpr: { counted: { count: 3, total: 10 } },
    });
    expect(found.curve.every(({ testCost }) => testCost === null)).toBe(true);
    expect(found.leastCost!.within10Percent.testCost).toBeNull();
  });

  test('takes the false positive rate of a rank from the rank', () => {
    const found = report({ test: null });
    // Beta(2, 9): mean 2 / 11. Anomalous images above 9, none of which set it: 10, 11 and 13.
    expect(ruleOf(found, 'promised')).toMatchObject({
      threshold: 9,
      fpr: { value: expect.closeTo(2 / 11, 12), counted: null, interval: { method: 'conformal' } },
      recall: { counted: { count: 3, total: 4 } },
      falseRejects: { value: expect.closeTo(900 * (2 / 11), 9) },
    });
  });

  test('says what good images alone cannot tell', () => {
    const validation: ValidationScores = { part: 'validation', ...part([1, 2, 3, 4], []) };
    const own = { rule: 'maximum', threshold: 4, n: 4, k: 4 } as const;
    const found = report({ test: null, validation, own, goodImages: 4 });
    expect(ruleOf(found, 'own')).toMatchObject({
      escapes: null,
      cost: null,
      falseRejects: { value: expect.closeTo(180, 9) },
      reason: 'no anomalous images to tell how many escape',
    });
    expect(ruleOf(found, 'least-cost')).toMatchObject({
      threshold: null,
      escapes: null,
      falseRejects: null,
      cost: null,
      reason: 'it takes normal and anomalous validation images',
    });
    expect(found).toMatchObject({ leastCost: null, curve: [] });
  });

  test('of one anomalous image cannot choose without it', () => {
    const validation: ValidationScores = { part: 'validation', ...part([1, 2, 3, 4], [5]) };
    const found = report({ test: null, validation, goodImages: 4 });
    expect(ruleOf(found, 'own')).toMatchObject({ recall: null, fpr: { value: 0 }, cost: null });
    expect(ruleOf(found, 'least-cost').recall).toBeNull();
  });
});

describe('a plant report without validation scores', () => {
  test('judges what is left', () => {
    const found = report({ validation: null });
    expect(ruleOf(found, 'own').cost!.value).toBeCloseTo(630, 9);
    for (const rule of ['promised', 'least-cost']) {
      expect(ruleOf(found, rule)).toMatchObject({
        threshold: null,
        cost: null,
        reason: 'the scores of the validation images are not known',
      });
    }
    expect(found.images.validation).toBeNull();
  });
});

test('all scores equal give numbers, not NaN', () => {
  const same = part([5, 5, 5], [5, 5]);
  const found = report({
    own: { rule: 'f1-optimal', threshold: 4.9 },
    validation: { part: 'validation', ...same },
    test: { part: 'test', ...same },
    goodImages: 3,
  });
  expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});
