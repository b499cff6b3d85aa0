import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroc } from '../../metrics/auroc.ts';
import { averagePrecision } from '../../metrics/averagePrecision.ts';
import { rankScores, weightedRanking } from './rankedScores.ts';
import type { Labels } from './resample.ts';

const image = fc.record({
  // Few values, so that ties are frequent.
  score: fc.integer({ min: 0, max: 6 }).map((value) => value / 3),
  label: fc.constantFrom<0 | 1>(0, 1),
  weight: fc.integer({ min: 0, max: 3 }),
});

describe('weightedRanking', () => {
  test('is AUROC and average precision of every image repeated as often as it weighs', () => {
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 30 }), (images) => {
        const labels: Labels = images.map(({ label }) => label);
        const weights = Uint16Array.from(images, ({ weight }) => weight);
        const found = weightedRanking(
          rankScores(images.map(({ score }) => score)),
          labels,
          weights,
        );
        const repeated = images.flatMap((own) => Array(own.weight).fill(own) as (typeof own)[]);
        const scores = repeated.map(({ score }) => score);
        const repeatedLabels = repeated.map(({ label }) => label);
        const classes = new Set(repeatedLabels);
        if (classes.size < 2) {
          expect(found).toEqual({ auroc: Number.NaN, averagePrecision: Number.NaN });
        } else {
          expect(found.auroc).toBeCloseTo(auroc(scores, repeatedLabels)!, 12);
          expect(found.averagePrecision).toBeCloseTo(averagePrecision(scores, repeatedLabels)!, 12);
        }
      }),
    );
  });

  // /usr/bin/python3 -c "from sklearn.metrics import *; y=[0,1,0,1,1]; s=[.1,.4,.4,.8,.2]; w=[1,2,3,1,2]
  //   print(roc_auc_score(y,s,sample_weight=w), average_precision_score(y,s,sample_weight=w))"
  test('agrees with scikit-learn', () => {
    const ranked = rankScores([0.1, 0.4, 0.4, 0.8, 0.2]);
    const found = weightedRanking(ranked, [0, 1, 0, 1, 1], Uint16Array.of(1, 2, 3, 1, 2));
    expect(found.auroc).toBeCloseTo(0.55, 12);
    expect(found.averagePrecision).toBeCloseTo(0.65, 12);
  });
});
