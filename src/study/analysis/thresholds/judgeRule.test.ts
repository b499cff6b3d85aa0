import { expect, test } from 'vitest';
import { measure, notComputable } from '../../../result/analysis/figure.ts';
import type { FittedRule } from './fitRules.ts';
import { imageScores } from './imageScores.ts';
import { judgeRule } from './judgeRule.ts';

const at = (threshold: FittedRule['threshold'], rank: FittedRule['rank'] = null): FittedRule => ({
  rule: 'f1',
  score: 'own',
  threshold,
  promised: null,
  rank,
  scoresOf: (images) => images.plain.own,
});

const images = (labels: readonly (0 | 1)[], scores: readonly number[]) =>
  imageScores(
    'test',
    labels.map((label, image) => ({ label, score: scores[image]!, distances: [0] })),
    [1, 1],
    { rows: 1, columns: 1 },
  );

test('counts images above the threshold', () => {
  const test_ = images([0, 0, 0, 0, 1, 1, 1], [1, 2, 3, 5, 3, 4, 6]);
  const found = judgeRule(at(measure(3)), test_, 0.95)!;
  expect(found.falsePositives).toMatchObject({ count: 1, total: 4, value: 0.25 });
  // scipy.stats.beta.ppf([0.025, 0.975], [1, 2], [4, 3])
  expect(found.falsePositives.interval!.low).toBeCloseTo(0.006309463, 8);
  expect(found.falsePositives.interval!.high).toBeCloseTo(0.80587955, 8);
  expect(found.chance).toBeNull();
  expect(found.recall).toMatchObject({ count: 2, total: 3 });
  expect(found.f1.value).toBeCloseTo(4 / 6, 12);
  expect(found.balancedAccuracy.value).toBeCloseTo((2 / 3 + 3 / 4) / 2, 12);
});

test('says what a class that is missing leaves open', () => {
  const normal = judgeRule(at(measure(9)), images([0, 0], [1, 2]), 0.95)!;
  expect(normal.recall).toEqual({ count: 0, total: 0, value: null, interval: null });
  expect(normal.f1).toEqual(notComputable('nothing is anomalous and nothing was flagged'));
  expect(normal.balancedAccuracy).toEqual(notComputable('no anomalous test images'));
  const anomalous = judgeRule(at(measure(0)), images([1, 1], [1, 2]), 0.95)!;
  expect(anomalous.falsePositives.value).toBeNull();
  expect(anomalous.balancedAccuracy).toEqual(notComputable('no normal test images'));
});

test('without a threshold there is nothing', () => {
  expect(judgeRule(at(notComputable('why')), images([0, 1], [1, 2]), 0.95)).toBeNull();
});

test('says how probable so many false positives are', () => {
  const test_ = images([0, 0, 0, 0, 1], [1, 2, 4, 5, 6]);
  const found = judgeRule(at(measure(3), { n: 19, k: 19 }), test_, 0.95)!;
  // scipy.stats.betabinom.sf(1, 4, 1, 19)
  expect(found.chance).toBeCloseTo(0.023715415019762598, 12);
});
