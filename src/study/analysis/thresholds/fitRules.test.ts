import { describe, expect, test } from 'vitest';
import { conformalThreshold } from '../../../calibration/conformalThreshold.ts';
import { createRandom } from '../../../core/random.ts';
import { type FittedRule, fitRules } from './fitRules.ts';
import { type ImageScores, imageScores, type PatchScores } from './imageScores.ts';

const SETTINGS = {
  fpr: 0.1,
  confidence: 0.9,
  costs: { defectRate: 0.5, escapeCost: 10, falseRejectCost: 1 },
};

/** Four patches of an image, one of them higher where it is anomalous. */
function images(random: ReturnType<typeof createRandom>, normal: number, anomalous: number) {
  return Array.from({ length: normal + anomalous }, (_, image): PatchScores => {
    const label = image < normal ? 0 : 1;
    const distances = Array.from({ length: 4 }, (_, patch) => patch + random.next());
    if (label === 1) distances[1]! += 1.5;
    return { label, score: Math.max(...distances), distances };
  });
}

const fitOn = (part: readonly PatchScores[]) =>
  fitRules(imageScores('validation', part, [2, 2], { rows: 2, columns: 2 }), SETTINGS);
const ruleOf = (rules: readonly FittedRule[], rule: string, score = 'own') =>
  rules.find((own) => own.rule === rule && own.score === score)!;

describe('fitRules', () => {
  const validation = images(createRandom('rules'), 30, 10);
  const { rules, zones } = fitOn(validation);
  const normals = validation.filter(({ label }) => label === 0);

  test('has every rule on the own score, and conformal ones on the others', () => {
    expect(rules.map(({ rule, score }) => `${rule} ${score}`)).toEqual([
      'f1 own',
      'youden own',
      'least-cost own',
      'quantile own',
      'conformal own',
      'confident own',
      'conformal zones',
      'conformal max',
      'conformal p99',
      'conformal p95',
      'conformal mean',
    ]);
    for (const { threshold } of rules) expect(threshold.reason).toBeNull();
  });

  test('only conformal rules promise something', () => {
    const promises = rules.map(({ rule, promised }) => [rule, promised] as const);
    for (const [rule, promised] of promises) {
      // k = ceil(31 x 0.9) = 28: (31 - 28) / 31
      const expected = rule === 'conformal' ? 3 / 31 : rule === 'confident' ? 0.1 : null;
      expect(promised).toBe(expected);
    }
  });

  test('a conformal threshold is of the score it is for', () => {
    const means = normals.map(
      ({ distances }) => Array.from(distances).reduce((sum, value) => sum + value, 0) / 4,
    );
    const { threshold } = conformalThreshold(means, SETTINGS.fpr);
    expect(ruleOf(rules, 'conformal', 'mean').threshold.value).toBeCloseTo(threshold, 12);
    expect(ruleOf(rules, 'conformal', 'max').threshold).toEqual(
      ruleOf(rules, 'conformal').threshold,
    );
  });

  test('zones find what the maximum does not see', () => {
    const test_ = imageScores('test', images(createRandom('test'), 200, 200), [2, 2], {
      rows: 2,
      columns: 2,
    });
    const recall = (rule: FittedRule) =>
      rule
        .scoresOf(test_)
        .filter((score, image) => test_.labels[image] === 1 && score > rule.threshold.value!)
        .length / 200;
    expect(zones!.centres).toHaveLength(4);
    // The defect raises the second patch by less than the fourth lies above it.
    expect(recall(ruleOf(rules, 'conformal', 'max'))).toBeLessThan(0.25);
    expect(recall(ruleOf(rules, 'conformal', 'zones'))).toBeGreaterThan(0.5);
  });
});

describe('where validation images do not suffice', () => {
  const reasonOf = (part: readonly PatchScores[], rule: string, score = 'own') =>
    ruleOf(fitOn(part).rules, rule, score).threshold.reason;
  const random = createRandom('few');

  test('without anomalous ones there is no rule of both classes', () => {
    const part = images(random, 12, 0);
    for (const rule of ['f1', 'youden', 'least-cost']) {
      expect(reasonOf(part, rule)).toBe('it takes normal and anomalous validation images');
    }
    expect(reasonOf(part, 'conformal')).toBeNull();
  });

  test('with few normal ones no confidence is promised, and what the highest score does is', () => {
    const part = images(random, 5, 2);
    expect(reasonOf(part, 'confident')).toBe(
      'it takes 22 normal validation images, and there are 5',
    );
    expect(ruleOf(fitOn(part).rules, 'conformal')).toMatchObject({ promised: 1 / 6 });
  });

  test('with one, or equal ones, there are no zones', () => {
    const equal = Array.from({ length: 6 }, () => images(createRandom('same'), 1, 0)[0]!);
    for (const part of [images(random, 1, 3), equal]) {
      expect(fitOn(part).zones).toBeNull();
      expect(reasonOf(part, 'conformal', 'zones')).toMatch(/do not differ/);
    }
    expect(reasonOf(equal, 'quantile')).toBeNull();
  });

  test('without normal ones there is nothing', () => {
    const { rules } = fitOn(images(random, 0, 3));
    for (const { threshold, promised } of rules) {
      expect(threshold.value).toBeNull();
      expect(promised).toBeNull();
    }
  });
});

test('test images are not fitted on', () => {
  const test_: ImageScores<'test'> = imageScores(
    'test',
    images(createRandom('types'), 3, 3),
    [2, 2],
    { rows: 1, columns: 1 },
  );
  // @ts-expect-error the types are what keeps calibration away from test images
  expect(fitRules(test_, SETTINGS).rules).toHaveLength(11);
});
