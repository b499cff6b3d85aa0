import { describe, expect, test } from 'vitest';
import { plantReport } from '../../../calibration/plant/plantReport.ts';
import { plantSchema } from '../../../result/analysis/plant.ts';
import { plantInput, plantResult } from './plantResult.ts';

const LINE = {
  partsPerDay: 1000,
  defectRate: 0.1,
  escapeCost: 9,
  falseRejectCost: 1,
  currency: 'EUR',
  promisedFpr: 0.2,
};
const SETTINGS = { line: LINE, confidence: 0.95, fpr: 0.05 };
const NAME = { category: 'bottle', method: 'padim', seed: 7 } as const;

const scores = <P extends 'validation' | 'test'>(
  part: P,
  normal: readonly number[],
  anomalous: readonly number[],
) => ({
  part,
  scores: [...normal, ...anomalous],
  labels: [...normal.map(() => 0 as const), ...anomalous.map(() => 1 as const)],
});

/** Under the shift every score is five higher. */
const VALIDATION = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12];
const shifted = (values: readonly number[]) => values.map((value) => value + 5);
const CLEAN = {
  validation: scores('validation', VALIDATION, [8.5, 10, 11, 13]),
  test: scores('test', [1, 5, 9, 11], [7, 12.5, 14, 15, 16]),
};
const SHIFTED = {
  validation: scores('validation', shifted(VALIDATION), shifted([8.5, 10, 11, 13])),
  test: scores('test', shifted([1, 5, 9, 11]), shifted([7, 12.5, 14, 15, 16])),
};
const CONDITIONS = {
  clean: CLEAN,
  'shift-none': { validation: CLEAN.validation, test: SHIFTED.test },
  'shift-threshold': SHIFTED,
};

describe('plantResult', () => {
  const result = plantResult(NAME, CONDITIONS, SETTINGS);

  test('is what its schema says, and survives JSON', () => {
    expect(plantSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  test("judges by the condition's own thresholds and test images", () => {
    const costs = result.conditions.map(({ condition, report }) => [
      condition,
      report.data.thresholds.map(({ rule, threshold, cost }) => [
        rule,
        threshold,
        cost && Math.round(cost.value),
      ]),
    ]);
    const without = [
      ['flag-nothing', null, 900],
      ['flag-everything', null, 900],
    ];
    expect(costs).toEqual([
      // In validation all four are found above 8.25 with two false: F1 0.8.
      ['clean', [['own', 8.25, 630], ['promised', 9, 405], ['least-cost', 8.25, 630], ...without]],
      // The same thresholds flag three of four good images and every defect, at 9 two of them.
      [
        'shift-none',
        [['own', 8.25, 675], ['promised', 9, 675], ['least-cost', 8.25, 675], ...without],
      ],
      // All as it was, five higher.
      [
        'shift-threshold',
        [['own', 13.25, 630], ['promised', 14, 405], ['least-cost', 13.25, 630], ...without],
      ],
    ]);
  });

  test('keeps the scores from which another line can be answered', () => {
    const [clean] = result.conditions;
    const again = plantReport(plantInput(clean!.scores), LINE, 0.95);
    expect(again).toEqual(clean!.report.data);
    const cheap = plantReport(plantInput(clean!.scores), { ...LINE, escapeCost: 1 }, 0.95);
    expect(cheap.leastCost!.threshold).toBe(12.5);
  });

  test('says it in words', () => {
    // Ranges: scipy.stats.beta.ppf for 1 of 5 and 2 of 4; of the cost as in moverInterval
    expect(result.conditions[0]!.report.sentence).toBe(
      "Of 1,000 parts a day, 10% of them defective, the model's own threshold lets 20 (0.51 to 72) " +
        'escape and rejects 450 (61 to 839) of the good ones, at a cost of EUR 630 (203 to 1,236). ' +
        'The threshold of least cost (8.250) lets 20 (0.51 to 72) escape and rejects 450 (61 to 839) ' +
        'of the good ones, at a cost of EUR 630 (203 to 1,236). On the validation images it was ' +
        'chosen on it costs EUR 180, and the thresholds next to it over a tenth more. To let all ' +
        'parts pass costs EUR 900. To promise at most 20% of good parts rejected takes no more good ' +
        'images than the 10 there are, and 4 more to promise it with 95% confidence.',
    );
  });
});

describe('without anomalous validation images', () => {
  const validation = scores('validation', VALIDATION, []);
  const conditions = {
    clean: { ...CLEAN, validation },
    'shift-none': { ...SHIFTED, validation },
    'shift-threshold': { ...SHIFTED, validation },
  };
  const result = plantResult(NAME, conditions, SETTINGS);

  test('there is no least cost, and the own threshold is a rank', () => {
    const [{ scores: kept, report }] = result.conditions as [(typeof result.conditions)[number]];
    expect(kept.own).toEqual({ rule: 'maximum', threshold: 12, n: 10, k: 10 });
    expect(report.data.leastCost).toBeNull();
    expect(report.sentence).toContain(
      'There is no threshold of least cost: it takes normal and anomalous validation images.',
    );
    expect(plantSchema.safeParse(result).success).toBe(true);
  });
});

describe('without anomalous test images', () => {
  test('it says that escapes are unknown', () => {
    const test_ = scores('test', [1, 5, 9, 11], []);
    const condition = { ...CLEAN, test: test_ };
    const conditions = {
      clean: condition,
      'shift-none': condition,
      'shift-threshold': condition,
    };
    const { conditions: found } = plantResult(NAME, conditions, SETTINGS);
    expect(found[0]!.report.sentence).toContain(
      'own threshold lets an unknown number escape and rejects 450 (61 to 839) of the good ones ' +
        '(no anomalous images to tell how many escape).',
    );
  });
});
