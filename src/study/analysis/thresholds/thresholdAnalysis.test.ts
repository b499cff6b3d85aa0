import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { thresholdAnalysisSchema } from '../../../result/analysis/thresholds.ts';
import { imageScores } from './imageScores.ts';
import { type ThresholdSettings, thresholdAnalysis } from './thresholdAnalysis.ts';

const NAME = { category: 'bottle', method: 'patchcore', seed: 42 } as const;
const SETTINGS: ThresholdSettings = {
  fpr: 0.05,
  confidence: 0.95,
  costs: { defectRate: 0.002, escapeCost: 50, falseRejectCost: 0.4 },
  bins: 10,
  draws: 50,
  seed: 1,
};

interface Counts {
  readonly normal: number;
  readonly anomalous: number;
}

/** 4 x 4 patches; an anomalous image has one far patch, a shift moves all of them. */
function part<P extends 'validation' | 'test'>(
  name: P,
  { normal, anomalous }: Counts,
  shift: number,
  noise = 1,
) {
  const random = createRandom(`${name} ${shift}`);
  const images = Array.from({ length: normal + anomalous }, (_, image) => {
    const label = (image < normal ? 0 : 1) as 0 | 1;
    const distances = Array.from(
      { length: 16 },
      (_, p) => 10 + p / 8 + shift + noise * random.next(),
    );
    if (label === 1) distances[random.integer(16)]! += 3;
    return { label, score: Math.max(...distances), distances };
  });
  return imageScores(name, images, [4, 4], { rows: 2, columns: 2 });
}

const MANY = { normal: 40, anomalous: 20 };
function analyse(validation: Counts, test_: Counts, noise = 1) {
  const condition = (shift: number) => ({
    validation: part('validation', validation, shift, noise),
    test: part('test', test_, shift, noise),
  });
  return thresholdAnalysis(NAME, { clean: condition(0), shifted: condition(4) }, SETTINGS);
}

describe('thresholdAnalysis', () => {
  const result = analyse(MANY, { normal: 40, anomalous: 45 });

  test('is what its schema says, and survives JSON', () => {
    expect(thresholdAnalysisSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.images).toEqual({ validation: MANY, test: { normal: 40, anomalous: 45 } });
  });

  test('keeps the threshold under the shift, and sets it anew there', () => {
    const conformal = result.rules.data.find(
      ({ rule, score }) => rule === 'conformal' && score === 'own',
    )!;
    const [clean, none, anew] = conformal.conditions;
    expect(none!.threshold).toEqual(clean!.threshold);
    expect(anew!.threshold.value).toBeGreaterThan(clean!.threshold.value! + 3);
    expect(clean!.realised!.falsePositives.count).toBeLessThan(6);
    expect(none!.realised!.falsePositives.count).toBe(40);
    expect(anew!.realised!.falsePositives.count).toBeLessThan(6);
    expect(conformal.sentence).toMatch(
      new RegExp(
        /^The conformal threshold promised at most 4\.88% and flagged of the good images \d of 40 \(.*%, .*%\) on clean images, 40 of 40 \(100\.0%, 91\.2-100\.0%\) under the shift /
          .source +
          /and \d of 40 \(.*\) there with its threshold set anew; of the defective ones it found \d+ of 45, 45 of 45 and \d+ of 45\.$/
            .source,
      ),
    );
  });

  test('says how many promises were broken beyond chance', () => {
    expect(result.rules.sentence).toMatch(
      /Broken beyond chance \(p < 0\.05\) were of all promises 0 of 5 on clean images, 5 of 5 under the shift and \d of 5 there with thresholds set anew\.$/,
    );
  });

  test('ranks images by every score', () => {
    const aurocs = Object.fromEntries(
      result.scores.data.map(({ score, aurocs: [clean] }) => [score, clean!.auroc.value!]),
    );
    expect(aurocs.own).toBe(aurocs.max);
    expect(aurocs.max).toBeGreaterThan(aurocs.mean!);
    expect(result.scores.sentence).toMatch(
      /^AUROC on clean images and under the shift, by the model's own score 1\.000 \(0\.953-1\.000\) and 1\.000 /,
    );
  });

  test('says how far probabilities are off', () => {
    expect(result.reliability.data).toHaveLength(6);
    expect(result.reliability.sentence).toMatch(
      /^Probabilities are off on average: Platt's by 0\.\d{3}.* and isotonic ones by .* on clean images; Platt's .* under the shift; .* there when fitted on shifted images\. With 0\.2% of parts defective the Brier score on clean images is .* for Platt's and .* for isotonic ones, and 0\.0020 for always saying 0\.2%\.$/,
    );
  });

  test('has a threshold for each zone', () => {
    const { rows, columns, centres, spreads, thresholds } = result.zones!.data;
    expect([rows, columns]).toEqual([2, 2]);
    const [zone] = result.rules.data.filter(({ score }) => score === 'zones');
    const above = zone!.conditions[0]!.threshold.value!;
    expect(thresholds).toEqual(centres.map((centre, i) => centre + above * spreads[i]!));
    // Patches further down the image are farther: so are their thresholds.
    expect(thresholds![3]).toBeGreaterThan(thresholds![0]!);
  });

  test('is the same whenever it is made', () => {
    expect(analyse(MANY, { normal: 40, anomalous: 45 })).toEqual(result);
  });
});

describe('on little data', () => {
  const say = (validation: Counts, test_: Counts, noise = 1) => {
    const result = analyse(validation, test_, noise);
    const text = JSON.stringify(result);
    expect(thresholdAnalysisSchema.parse(JSON.parse(text))).toEqual(result);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    return result;
  };

  test('a category without anomalies', () => {
    const result = say({ normal: 5, anomalous: 0 }, { normal: 4, anomalous: 0 });
    expect(result.reliability.sentence).toBe(
      'Scores cannot be turned into probabilities here: it takes normal and anomalous validation images.',
    );
    expect(result.scores.sentence).toContain('not computable (no anomalous test images)');
    expect(result.rules.data[0]!.sentence).toBe(
      'The threshold of highest F1 is not computable: it takes normal and anomalous validation images.',
    );
  });

  test('one image of each class', () => {
    const result = say({ normal: 1, anomalous: 1 }, { normal: 1, anomalous: 1 });
    expect(result.zones).toBeNull();
    expect(result.zonesReason).toMatch(/do not differ/);
    const sentences = result.rules.data.map(({ sentence }) => sentence);
    expect(sentences).toContainEqual(
      expect.stringContaining('promised at most 50% (5% takes 19 good validation images) and'),
    );
  });

  test('good images that are all alike', () => {
    const result = say({ normal: 10, anomalous: 3 }, { normal: 5, anomalous: 5 }, 0);
    expect(result.zones).toBeNull();
    expect(result.scores.data.find(({ score }) => score === 'zones')!.aurocs[0]!.auroc.reason).toBe(
      'zones cannot be standardised',
    );
  });
});
